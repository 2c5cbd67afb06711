using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BenchmarkDotNet.Attributes;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;

namespace TelemetryFunctions.Benchmarks.Micro;

/// <summary>
/// A page of 1,000 rows from its JSON to the rows of a scan; the network answers at once. A row is 420 bytes of JSON.
/// </summary>
[MemoryDiagnoser]
public class DecodeBenchmark
{
    private const int Rows = 1_000;

    private static readonly Column<byte[]> Payload = new("Payload");
    private static readonly Column<DateTimeOffset> At = new("At");
    private static readonly TableSchema Table = new("Scanned", Payload, At);

    private AzureTableStore _store = null!;

    [GlobalSetup]
    public void Setup()
    {
        var payload = Convert.ToBase64String(new byte[150]);
        var rows = Enumerable.Range(0, Rows).Select(i => $$"""
            {"odata.etag":"W/\"datetime'2026-11-21T00%3A00%3A00.1234567Z'\"","PartitionKey":"p","RowKey":"{{i:D32}}","Payload@odata.type":"Edm.Binary","Payload":"{{payload}}","At@odata.type":"Edm.DateTime","At":"2026-11-21T00:00:00Z"}
            """);
        var page = Encoding.UTF8.GetBytes($$"""{"odata.metadata":"m","value":[{{string.Join(',', rows)}}]}""");
        _store = new AzureTableStore(
            options =>
            {
                options.Transport = new HttpClientTransport(new CannedAnswers(page));
                return new TableServiceClient("AccountName=acme;AccountKey=a2V5", options);
            },
            [Table],
            TimeProvider.System);
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<int> RowAsync() => await _store.ScanAsync(Table, KeyRange.Partition("p")).CountAsync();

    private sealed class CannedAnswers(byte[] page) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(page) });
    }
}
