using System.Text;

namespace TelemetryFunctions.Installs;

/// <summary>
/// All names in one array of bytes, so that a search for any part of them is one pass over memory.
/// </summary>
internal sealed class PackageNameIndex
{
    private const byte Separator = (byte)'\n';

    private readonly byte[] _names;
    private readonly int[] _starts;

    public PackageNameIndex(IReadOnlyList<ListedPackage> packages)
    {
        _starts = new int[packages.Count];
        _names = new byte[packages.Sum(package => package.Name.Length + 1)];
        var length = 0;
        for (var place = 0; place < packages.Count; place++)
        {
            _starts[place] = length;
            length += Encoding.ASCII.GetBytes(packages[place].Name, _names.AsSpan(length));
            _names[length++] = Separator;
        }
    }

    /// <summary>Those of some places, in their order, whose name contains a text.</summary>
    public int[] Filter(int[] places, string text)
    {
        // Names are ASCII, so any other text is part of none of them.
        var wanted = Encoding.UTF8.GetBytes(text);
        if (wanted.AsSpan().Contains(Separator))
            return [];

        var isFound = new bool[_starts.Length];
        for (var at = 0; at < _names.Length;)
        {
            var match = _names.AsSpan(at).IndexOf(wanted);
            if (match < 0)
                break;

            // On with the next name: one match is enough.
            var place = Array.BinarySearch(_starts, at + match);
            place = place < 0 ? ~place - 1 : place;
            isFound[place] = true;
            at = place + 1 < _starts.Length ? _starts[place + 1] : _names.Length;
        }

        return Array.FindAll(places, place => isFound[place]);
    }
}
