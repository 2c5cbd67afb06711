namespace TelemetryFunctions.Installs;

/// <summary>A package in the list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Total">Installs of all time.</param>
/// <param name="Last30Days">Installs of the last 30 days.</param>
/// <param name="LastInstalledAt">The start of the hour of the last install.</param>
public sealed record ListedPackage(string Name, long Total, long Last30Days, DateTimeOffset LastInstalledAt)
{
    /// <summary>Installs in CI.</summary>
    public CiCount Ci { get; init; }
}

/// <summary>How the list is sorted.</summary>
public enum PackageOrder
{
    Last30Days,
    Total,
    Name,
}

/// <summary>All packages, in memory, in every order that is asked for.</summary>
public sealed class PackageList
{
    public static readonly PackageList Empty = new([], null, AgentShares.None);

    private readonly ListedPackage[] _packages;
    private readonly PackageNameIndex _names;

    // Places in _packages. By name they are in order as they are.
    private readonly int[] _byName;
    private readonly int[] _byTotal;
    private readonly int[] _byLast30Days;

    /// <param name="packages">The packages, by name.</param>
    /// <param name="through">The end of the last window that is rolled up, or null.</param>
    /// <param name="agents">The clients that install them.</param>
    public PackageList(ListedPackage[] packages, DateTimeOffset? through, AgentShares agents)
    {
        (Through, Agents) = (through, agents);
        _packages = packages;
        _names = new PackageNameIndex(packages);
        _byName = [.. Enumerable.Range(0, packages.Length)];
        _byTotal = [.. _byName.OrderByDescending(place => packages[place].Total)];
        _byLast30Days = [.. _byTotal.OrderByDescending(place => packages[place].Last30Days)];
    }

    private PackageList(PackageList other, DateTimeOffset through, AgentShares agents)
    {
        (Through, Agents) = (through, agents);
        (_packages, _names) = (other._packages, other._names);
        (_byName, _byTotal, _byLast30Days) = (other._byName, other._byTotal, other._byLast30Days);
    }

    /// <summary>The end of the last window that is rolled up, or null before the first.</summary>
    public DateTimeOffset? Through { get; }

    /// <summary>How many packages there are.</summary>
    public int Count => _packages.Length;

    /// <summary>The clients that install them.</summary>
    public AgentShares Agents { get; }

    /// <summary>The same packages, rolled up further.</summary>
    public PackageList With(DateTimeOffset through, AgentShares agents) => new(this, through, agents);

    /// <summary>One page of the packages whose name contains a text.</summary>
    /// <param name="text">In lower case; empty finds all.</param>
    /// <param name="order">The order.</param>
    /// <param name="page">The page, from 1; the last one where there are fewer.</param>
    /// <param name="size">Packages on a page.</param>
    public PackageListSlice Find(string text, PackageOrder order, int page, int size)
    {
        var sorted = order switch
        {
            PackageOrder.Name => _byName,
            PackageOrder.Total => _byTotal,
            _ => _byLast30Days,
        };
        var found = text.Length == 0 ? sorted : _names.Filter(sorted, text);
        var pages = Math.Max(1, (found.Length + size - 1) / size);
        page = Math.Clamp(page, 1, pages);
        return new PackageListSlice(
            [.. found.Skip((page - 1) * size).Take(size).Select(place => _packages[place])], found.Length, page, pages);
    }
}

/// <summary>A page of the list.</summary>
/// <param name="Packages">The packages on it.</param>
/// <param name="Found">Packages on all pages.</param>
/// <param name="Page">Its number, from 1.</param>
/// <param name="Pages">How many pages there are.</param>
public sealed record PackageListSlice(IReadOnlyList<ListedPackage> Packages, int Found, int Page, int Pages);
