using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using TelemetryFunctions.Http;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Http;

/// <summary><c>/openapi.json</c> tells of every route, and tells the truth.</summary>
public sealed class OpenApiTests(OpenApiSites sites) : IClassFixture<OpenApiSites>
{
    /// <summary>What can't be had from a site that is well, and is tested where it is made to be.</summary>
    private static readonly string[] OfTrouble = ["409", "429", "503"];

    private static readonly List<(string Route, string Method)> Routes =
    [
        .. from function in AppFunctions.All
           let trigger = function.Trigger as HttpTriggerAttribute
           where trigger is not null && trigger.Route != RouteTable.Rest
           from method in trigger.Methods!
           where !method.Equals("head", StringComparison.OrdinalIgnoreCase)
           select (trigger.Route!, method.ToUpperInvariant()),
    ];

    [Fact]
    public async Task It_is_OpenAPI_3_1_without_an_error()
    {
        var read = OpenApiDocument.Parse(await sites.Production.GetAsync("/openapi.json"), "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
    }

    [Fact]
    public void Every_route_is_described_and_nothing_else()
    {
        var described = sites.Operations.Select(operation => (Path: operation.Path, operation.Method)).ToList();

        Assert.NotEmpty(described);
        Assert.All(Routes, route => Assert.Contains(described, operation => operation.Method == route.Method && Matches(route.Route, operation.Path)));
        Assert.All(described, operation => Assert.Single(Routes, route => operation.Method == route.Method && Matches(route.Route, operation.Path)));
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own_and_says_what_it_does()
    {
        Assert.Distinct(sites.Operations.Select(operation => operation.Described.OperationId));
        Assert.All(sites.Operations, operation =>
        {
            Assert.NotEmpty(operation.Described.Summary!);
            Assert.Single(operation.Described.Tags!);
        });
    }

    [Fact]
    public async Task Every_answer_is_as_described_and_every_description_is_answered()
    {
        var seen = new HashSet<string>();
        foreach (var request in OpenApiRequests.All)
        {
            var operation = sites.Operations.SingleOrDefault(operation => operation.Method == request.Method && operation.Path == request.Operation);
            Assert.True(operation is not null, $"{request.Method} {request.Operation} is not described.");
            using var response = await request.SendAsync(request.InDevelopment ? sites.Development : sites.Production);
            var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var text = $"{request.Method} {request.Path}: {status} {response.Content.Headers.ContentType}";
            Assert.True(operation.Described.Responses!.TryGetValue(status, out var described), text);

            var type = response.Content.Headers.ContentType?.MediaType;
            seen.Add($"{operation.Method} {operation.Path} {status} {type}");
            if (response.StatusCode == HttpStatusCode.NotModified || type is null)
            {
                Assert.True(described.Content is not { Count: > 0 }, text);
                continue;
            }

            Assert.True(described.Content?.ContainsKey(type), text);
            if (type.EndsWith("json", StringComparison.Ordinal) && operation.Path != "/openapi.json")
                sites.AssertValid(operation, status, type, await response.Content.ReadAsStringAsync(), text);
        }

        var all = from operation in sites.Operations
                  from response in operation.Described.Responses!
                  where !OfTrouble.Contains(response.Key)
                  from type in response.Value.Content?.Keys.DefaultIfEmpty("") ?? [""]
                  select $"{operation.Method} {operation.Path} {response.Key} {type}";
        Assert.Empty(all.Except(seen));
    }

    [Fact]
    public void A_request_that_the_schema_describes_is_the_sample_of_the_docs()
    {
        sites.AssertValid("Report", File.ReadAllText(Deployment.Repository.PathOf("docs", "samples", "report.json")));
        sites.AssertValid("Notification", """{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}""");
    }

    [Theory]
    [InlineData("charts/{*id}", "/charts", true)]
    [InlineData("charts/{*id}", "/charts/{id}", true)]
    [InlineData("badges/{*path}", "/badges/{id}.svg", true)]
    [InlineData("packages", "/packages/{vendor}/{name}", false)]
    [InlineData("{root:maxlength(0)?}", "/", true)]
    [InlineData("{root:maxlength(0)?}", "/health", false)]
    public void A_path_is_found_by_its_route(string route, string path, bool expected) => Assert.Equal(expected, Matches(route, path));

    private static bool Matches(string route, string path) => route == RouteTable.Root
        ? path == "/"
        : path != "/" && new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(new PathString(path.Replace('{', 'x').Replace('}', 'x')), []);
}

/// <summary>An operation of the description.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Method">Its method.</param>
/// <param name="Described">What is said of it.</param>
public sealed record DescribedOperation(string Path, string Method, OpenApiOperation Described);

/// <summary>A site in production with a day of data, one in development, and what the first says of itself.</summary>
public sealed class OpenApiSites : IAsyncLifetime
{
    /// <summary>What opens the functions that need a key.</summary>
    public const string Key = "open-sesame";

    private readonly TemporaryDirectory _production = new();
    private readonly TemporaryDirectory _development = new();
    private JsonObject _document = null!;

    internal TestSite Production { get; private set; } = null!;

    internal TestSite Development { get; private set; } = null!;

    public IReadOnlyList<DescribedOperation> Operations { get; private set; } = [];

    public async Task InitializeAsync()
    {
        // Off the hour: on the hour a run would wait for the grace.
        Production = await TestSite.StartAsync(_production, new ManualClock(TestSite.Noon.AddMinutes(5)), environment: "Production", settings: [$"--Standalone:FunctionKey={Key}", "--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1"]);
        Development = await TestSite.StartAsync(_development);
        using var accepted = await Production.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"3.21.4"}],"online_workers":{"processes":3} }""");
        Assert.True(accepted.IsSuccessStatusCode);
        using var notified = await Production.Client.PostAsync("/downloads", new StringContent("""{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}"""));
        Production.Clock.Advance(TimeSpan.FromDays(1));
        await Production.Service<TelemetryFunctions.Summaries.ScheduledSummaries>().RunDueAsync(CancellationToken.None);

        var json = await Production.GetAsync("/openapi.json");
        _document = JsonNode.Parse(json)!.AsObject();
        Operations =
        [
            .. from path in OpenApiDocument.Parse(json, "json").Document!.Paths
               from operation in path.Value.Operations!
               select new DescribedOperation(path.Key, operation.Key.Method, operation.Value),
        ];
    }

    public async Task DisposeAsync()
    {
        await Production.DisposeAsync();
        await Development.DisposeAsync();
        _production.Dispose();
        _development.Dispose();
    }

    /// <summary>Checks an answer by its schema, which leaves no member out unless it says so.</summary>
    internal void AssertValid(DescribedOperation operation, string status, string type, string json, string text)
    {
        var responses = _document["paths"]![operation.Path]![operation.Method.ToLowerInvariant()]!["responses"]![status]!;
        if (responses["$ref"]?.GetValue<string>() is { } reference)
            responses = reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode)_document, (node, name) => node[name]!);
        AssertValid(responses["content"]![type]!["schema"]!, json, text);
    }

    internal void AssertValid(string schema, string json) => AssertValid(_document["components"]!["schemas"]![schema]!, json, schema);

    private void AssertValid(JsonNode schema, string json, string text)
    {
        var definitions = _document["components"]!["schemas"]!.DeepClone();
        var whole = new JsonObject { ["allOf"] = new JsonArray(schema.DeepClone()), ["$defs"] = definitions };
        Close(whole);
        var result = JsonSchema
            .FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))
            .Evaluate(JsonDocument.Parse(json).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}");
        Assert.True(result.IsValid, $"{text}\n{json}\n{string.Join('\n', errors)}");
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject && schema["type"]?.GetValueKind() == JsonValueKind.String && schema["additionalProperties"] is null)
                schema["additionalProperties"] = false;
            foreach (var (_, child) in schema.ToList())
                Close(child);
        }
        else if (node is JsonArray list)
        {
            foreach (var child in list)
                Close(child);
        }
    }
}
