using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TelemetryFunctions.Tests.Standalone.Tables;

/// <summary>Connection strings, credentials, and how replies are read that Azurite does not make.</summary>
public sealed class TableServiceClientTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1/T")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite", "http://azurite:10002/devstoreaccount1/T")]
    [InlineData("AccountName=acme;AccountKey=a2V5", "https://acme.table.core.windows.net/T")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=a2V5;EndpointSuffix=core.chinacloudapi.cn", "http://acme.table.core.chinacloudapi.cn/T")]
    [InlineData(" accountname = acme ; AccountKey=a2V5; TableEndpoint=http://127.0.0.1:5/acme/;", "http://127.0.0.1:5/acme/T")]
    public void A_connection_string_says_where_the_service_is(string connectionString, string table)
    {
        Assert.Equal(table, new TableServiceClient(connectionString).GetTableClient("T").Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("nonsense", typeof(InvalidOperationException))]
    [InlineData("AccountName=acme", typeof(ArgumentException))]
    [InlineData("AccountKey=a2V5;EndpointSuffix=core.windows.net", typeof(ArgumentException))]
    [InlineData("", typeof(ArgumentException))]
    [InlineData("AccountName=acme;AccountKey=***", typeof(FormatException))]
    public void A_connection_string_that_makes_no_account_is_refused(string connectionString, Type error)
    {
        Assert.Throws(error, () => new TableServiceClient(connectionString));
    }

    [Theory]
    [InlineData("AccountName=acme;AccountKey=a2V5", "/acme/T")]
    [InlineData("AccountName=acme;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:5/acme", "/acme/acme/T")]
    [InlineData("AccountName=acme;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:5/acme/", "/acme/acme/T")]
    public async Task Requests_are_signed_as_the_service_asks(string connectionString, string resource)
    {
        using var network = new Network("", HttpStatusCode.NoContent);
        var table = new TableServiceClient(connectionString, network.Options).GetTableClient("T");

        await table.UpsertEntityAsync(new TableEntity("it's", "100%"), TableUpdateMode.Replace);

        var request = network.Request!;
        var date = request.Headers.GetValues("x-ms-date").Single();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(
            "key"u8,
            Encoding.UTF8.GetBytes(
                $"PUT\n\napplication/json\n{date}\n{resource}(PartitionKey='it%27%27s',RowKey='100%25')")));
        Assert.Equal($"SharedKey acme:{signature}", request.Headers.GetValues("Authorization").Single());
        Assert.Equal("2020-12-06", request.Headers.GetValues("x-ms-version").Single());
    }

    [Fact]
    public async Task A_token_credential_is_asked_for_the_storage_scope()
    {
        using var network = new Network("""{"value":[]}""");
        var credential = new FixedToken();
        var service = new TableServiceClient(new Uri("https://acme.table.core.windows.net"), credential, network.Options);

        await foreach (var _ in service.GetTableClient("T").QueryAsync<TableEntity>())
            Assert.Fail("There are no rows.");

        Assert.Equal("Bearer secret", network.Request!.Headers.Authorization!.ToString());
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes!);
    }

    [Fact]
    public async Task Types_are_told_by_annotations_before_or_after_the_value()
    {
        const string reply = """
            {"odata.metadata":"m","value":[
              {"odata.etag":"W/\"1\"","odata.type":"x","PartitionKey":"p","RowKey":"a","Timestamp":"2026-11-21T00:00:00.1234567Z",
               "Long@odata.type":"Edm.Int64","Long":"9223372036854775807","Bytes@odata.type":"Edm.Binary","Bytes":"AQ==",
               "Not@odata.type":"Edm.Double","Not":"NaN","Whole":3,"Point":3.0,"Escaped":"\u00fc\n","Null":null},
              {"RowKey":"b","Long":"1","Long@odata.type":"Edm.Int64","At":"2026-11-21T00:00:00Z","At@odata.type":"Edm.DateTime",
               "Other@odata.type":"Edm.String","Other":"5","Nested":null},
              {"RowKey":"c"}],"more":{"a":[1]}}
            """;
        using var network = new Network(reply);
        var table = new TableServiceClient("AccountName=acme;AccountKey=a2V5", network.Options).GetTableClient("T");

        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>())
            rows.Add(row);

        Assert.Equal(["a", "b", "c"], rows.Select(row => row.RowKey));
        Assert.Equal("W/\"1\"", rows[0].ETag.ToString());
        Assert.Equal(1234567, rows[0].Timestamp!.Value.Ticks % TimeSpan.TicksPerSecond);
        Assert.Equal(long.MaxValue, rows[0].GetInt64("Long"));
        Assert.Equal([1], rows[0].GetBinary("Bytes")!);
        Assert.Equal(double.NaN, rows[0].GetDouble("Not"));
        Assert.Equal(3, rows[0].GetInt32("Whole"));
        Assert.Equal(3.0, rows[0].GetDouble("Point"));
        Assert.Equal("ü\n", rows[0].GetString("Escaped"));
        Assert.False(rows[0].ContainsKey("Null"));
        Assert.Equal(1, rows[1].GetInt64("Long"));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), rows[1].GetDateTimeOffset("At"));
        Assert.Equal("5", rows[1].GetString("Other"));
        Assert.Null(rows[1].PartitionKey);
    }

    [Fact]
    public void A_filter_quotes_every_value_as_its_type_asks()
    {
        var time = new DateTimeOffset(2026, 11, 21, 1, 0, 0, TimeSpan.FromHours(1));

        Assert.Equal(
            "A eq 'it''s 100%' and B ge 5 and C lt 6L and D eq 1.5 and E eq true and F eq datetime'2026-11-21T00:00:00.0000000Z'"
            + " and G eq X'01FF' and H eq guid'00000000-0000-0000-0000-000000000000'",
            TableClient.CreateQueryFilter(
                $"A eq {"it's 100%"} and B ge {5} and C lt {6L} and D eq {1.5} and E eq {true} and F eq {time}")
            + TableClient.CreateQueryFilter($" and G eq {new byte[] { 1, 255 }} and H eq {Guid.Empty}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {new object()}"));
    }

    private sealed class Network(string reply, HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
    {
        public HttpRequestMessage? Request { get; private set; }

        public TableClientOptions Options => new() { Transport = new HttpClientTransport(new HttpClient(this)) };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = request;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(reply) });
        }
    }

    private sealed class FixedToken : TokenCredential
    {
        public string[]? Scopes { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("secret", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
