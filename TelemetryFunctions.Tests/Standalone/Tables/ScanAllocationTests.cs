using System.Text;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Tables;

public sealed class ScanAllocationTests
{
    // A row here is 420 bytes of JSON that become 300 bytes of values.
    private const int MaxBytesPerRow = 2_000;

    private static readonly Column<byte[]> Payload = new("Payload");
    private static readonly Column<DateTimeOffset> At = new("At");

    private readonly TableSchema _table = new("Scanned", Payload, At);

    [Fact]
    public async Task A_scan_allocates_a_bounded_amount_a_row_however_long_it_is()
    {
        await ScanAsync(pages: 2);

        Assert.InRange(await ScanAsync(pages: 5) / 5_000, 1, MaxBytesPerRow);
        Assert.InRange(await ScanAsync(pages: 100) / 100_000, 1, MaxBytesPerRow);
    }

    /// <summary>Bytes allocated by a scan. The network answers at once, so all of it happens on this thread.</summary>
    private async Task<long> ScanAsync(int pages)
    {
        var page = Page();
        var sent = 0;
        var network = new FaultTransport
        {
            Always = request => FaultTransport.Answer(
                200,
                page,
                ++sent < pages ? [("x-ms-continuation-NextPartitionKey", "p")] : [])(request),
        };
        var store = new AzureTableStore(
            options =>
            {
                options.Transport = network;
                return new TableServiceClient("AccountName=acme;AccountKey=a2V5", options);
            },
            [_table],
            TimeProvider.System);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = 0;
        await foreach (var row in store.ScanAsync(_table, KeyRange.Partition("p")))
            rows += row.Get(Payload).Length / 150;

        Assert.Equal(pages * 1_000, rows);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Page()
    {
        var payload = Convert.ToBase64String(new byte[150]);
        var rows = Enumerable.Range(0, 1_000).Select(i => $$"""
            {"odata.etag":"W/\"datetime'2026-11-21T00%3A00%3A00.1234567Z'\"","PartitionKey":"p","RowKey":"{{i:D32}}",
            "Payload@odata.type":"Edm.Binary","Payload":"{{payload}}",
            "At@odata.type":"Edm.DateTime","At":"2026-11-21T00:00:00Z"}
            """);
        return Encoding.UTF8.GetBytes($$"""{"odata.metadata":"m","value":[{{string.Join(',', rows)}}]}""");
    }
}
