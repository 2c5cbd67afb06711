namespace TelemetryFunctions.Tests.Support;

/// <summary>The embedded store, in a directory for each test.</summary>
public sealed class SqliteStores : TestStores
{
    public override int Many => 2000;

    public override TestStore New() => new Store();

    private sealed class Store : TestStore
    {
        private readonly TemporaryDirectory _directory = new();

        public override (string Key, string Value) Setting => ("Telemetry:DataDirectory", _directory);

        public override Task<string?> FindAnyAsync(IReadOnlyCollection<string> texts) => Task.FromResult(_directory.FindAny(texts));

        public override void Dispose() => _directory.Dispose();
    }
}
