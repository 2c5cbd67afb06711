using Microsoft.Data.Sqlite;
using TelemetryFunctions.Standalone.Sqlite.Purging;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Sqlite.Purging;

/// <summary>Real files of any shape are in order after their gaps were filled with zeros, and nothing deleted is left in them.</summary>
public sealed class PageFileTests : IDisposable
{
    private const int Rows = 3000;

    private readonly TemporaryDirectory _directory = new();

    private string Path => System.IO.Path.Combine(_directory, "telemetry.db");

    public void Dispose() => _directory.Dispose();

    /// <summary>Files with <c>auto_vacuum</c> have maps among their pages, which may begin as a page of a tree does.</summary>
    [Theory]
    [InlineData(512, true)]
    [InlineData(4096, false)]
    [InlineData(65536, true)]
    public void Whatever_size_its_pages_have(int pageSize, bool hasPointerMaps)
    {
        var deleted = Fill(pageSize, hasPointerMaps);
        Assert.NotNull(_directory.FindAny(deleted));

        using (var pages = new PageFile(Path))
        {
            Assert.Equal(pageSize, pages.PageSize);
            var scrubbed = 0;
            for (long page = 1; page <= pages.CountPages(); page += PageFile.MaxPagesAtOnce)
                scrubbed += pages.Scrub(page, PageFile.MaxPagesAtOnce);
            Assert.True(scrubbed > 0);
            Assert.Equal(0, pages.Scrub(1, PageFile.MaxPagesAtOnce));
        }

        Assert.Null(_directory.FindAny(deleted));
        Assert.Equal(("ok", (long)Rows - deleted.Count), (Scalar("PRAGMA integrity_check"), Scalar("SELECT count(*) FROM rows WHERE text LIKE '%' || key || '%'")));
    }

    /// <returns>The keys of the rows that were deleted. SQLite left copies of some of them.</returns>
    private List<string> Fill(int pageSize, bool hasPointerMaps)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        connection.Run($"PRAGMA page_size = {pageSize}");
        connection.Run($"PRAGMA auto_vacuum = {(hasPointerMaps ? 1 : 0)}");
        connection.Run("PRAGMA secure_delete = ON");
        connection.Run("CREATE TABLE rows (key TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID");
        var random = new Random(pageSize);
        var keys = Enumerable.Range(0, Rows).Select(_ => $"{random.NextInt64():x16}").ToList();
        using (var transaction = connection.BeginTransaction())
        {
            foreach (var key in keys)
                connection.Run($"INSERT INTO rows VALUES ('{key}', '{new string('-', random.Next(200))}{key}{new string('-', random.Next(20) == 0 ? 9_000 : 9)}')", transaction);
            transaction.Commit();
        }

        var deleted = keys.Where(_ => random.Next(3) == 0).ToList();
        connection.Run($"DELETE FROM rows WHERE key IN ('{string.Join("','", deleted)}')");
        return deleted;
    }

    private object? Scalar(string sql) => DatabaseFile.Run(Path, sql);
}
