namespace TelemetryFunctions.Tests.Support;

/// <summary>The tables of one test, empty at first, that go with it.</summary>
public abstract class TestStore : IDisposable
{
    /// <summary>Leads the service to them.</summary>
    public abstract (string Key, string Value) Setting { get; }

    /// <summary>True where anything that is stored holds the text, in ASCII.</summary>
    public async Task<bool> HoldsAsync(string text) => await FindAnyAsync([text]) is not null;

    /// <summary>The first of some texts, in ASCII, that is found in anything that is stored, or null.</summary>
    public abstract Task<string?> FindAnyAsync(IReadOnlyCollection<string> texts);

    public abstract void Dispose();
}

/// <summary>An adapter: makes stores for tests that run on every adapter.</summary>
public abstract class TestStores
{
    /// <summary>How many rows a test may write where it is to write many.</summary>
    public abstract int Many { get; }

    public abstract TestStore New();
}
