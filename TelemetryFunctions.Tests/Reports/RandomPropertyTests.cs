using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>
/// Random values of any shape, in JSON and in protobuf, read by random catalogues: no report is refused, no run fails, and SUMMARY has
/// what a reference reads straight from the JSON.
/// </summary>
public sealed class RandomPropertyTests : IDisposable
{
    private const int Reports = 60;
    private const int Cap = 50;

    private static readonly string[] Members = ["a", "b", "c"];
    private static readonly string[] Kinds = ["count-by", "versions", "histogram", "sum"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Summary_has_what_is_read_straight_from_the_json(int seed)
    {
        var random = new Random(seed);
        var metrics = Enumerable.Range(0, 6)
            .Select(i => (Id: $"m{i}", Kind: Kinds[random.Next(Kinds.Length)], Path: Enumerable.Range(0, random.Next(1, 4)).Select(_ => Members[random.Next(Members.Length)]).ToArray()))
            .ToList();
        var file = Path.Combine(_directory, "metrics.yaml");
        await File.WriteAllTextAsync(file, "metrics:\n" + string.Concat(metrics.Select(metric => Entry(metric.Id, metric.Kind, metric.Path))));
        await using var engine = await TestEngine.OpenAsync(
            _directory, new ManualClock(TestSite.Noon),
            ("Telemetry:MetricsFile", file), ("Telemetry:MinimumAgeDays", "0"), ("Telemetry:MinimumLabelSystems", "1"), ("Telemetry:MinimumNameDays", "1"), ("Telemetry:AcceptPrereleases", "true"));
        var receiver = engine.Service<ReportReceiver>();
        var reports = Enumerable.Range(0, Reports).Select(_ => (JsonObject)Random(random, 5, isObject: true)!).ToList();
        foreach (var (i, report) in reports.Index())
            await receiver.ReceiveAsync(Body(i, report, out var format), format, CancellationToken.None);

        engine.Clock.Advance(TimeSpan.FromDays(1));
        var run = await engine.SummarizeAsync();

        Assert.Equal((Reports, 0), (run.Rows, run.Skipped));
        var expected = metrics.SelectMany(metric => Expected(metric.Id, metric.Kind, reports.Select(report => Find(report, metric.Path))))
            .Select(point => $"{point.Series}|{KeyCodec.Encode(point.Label)}={BitConverter.DoubleToInt64Bits(point.Value)}").Order(StringComparer.Ordinal);
        var ms = TestSite.Noon.Date.Subtract(DateTime.UnixEpoch).TotalMilliseconds.ToString("0000000000000", CultureInfo.InvariantCulture);
        var actual = (await engine.DumpAsync(PointStore.Summary)).Select(row => row.Replace($"|{ms}~", "|", StringComparison.Ordinal).Replace("|Value=", "=", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(expected, actual);
    }

    private static byte[] Body(int system, JsonObject report, out ReportFormat format)
    {
        format = system % 2 == 0 ? ReportFormat.Json : ReportFormat.Protobuf;
        if (format == ReportFormat.Protobuf)
        {
            var message = ReportBuilder.Report(system);
            message.Properties = JsonParser.Default.Parse<Struct>(report.ToJsonString());
            return message.ToByteArray();
        }

        var json = (JsonObject)report.DeepClone();
        json["system_id"] = ReportBuilder.Id(system);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static JsonNode? Random(Random random, int depth, bool isObject = false) => (isObject ? 9 : random.Next(depth == 0 ? 6 : 10)) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 70),
        3 => random.Next(20) / 2.0,
        4 => new string((char)('p' + random.Next(4)), random.Next(1, 3)),
        5 => $"{random.Next(3)}.{random.Next(3)}.{random.Next(3)}",
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(70)).Select(i => (JsonNode?)JsonValue.Create(i % 5))]),
        7 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Random(random, depth - 1))]),
        8 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => new JsonObject { ["name"] = $"n{random.Next(3)}", ["version"] = $"{random.Next(3)}.1" })]),
        _ => new JsonObject(Members.Where(_ => random.Next(3) > 0).Select(member => KeyValuePair.Create(member, Random(random, depth - 1)))),
    };

    private static JsonNode? Find(JsonNode? node, string[] path)
    {
        foreach (var member in path)
            node = node is JsonObject map && map.TryGetPropertyValue(member, out var value) ? value : null;
        return node;
    }

    /// <summary>Every label of every list and, where one has several, how many lists there are.</summary>
    private static IEnumerable<(string Series, string Label, double Value)> Counted(string id, List<List<string>> lists) => lists
        .SelectMany(labels => labels).CountBy(label => label).Select(pair => (id, pair.Key, (double)pair.Value))
        .Concat(lists.Exists(labels => labels.Count > 1) ? [(id, "", (double)lists.Count)] : []);

    private static IEnumerable<(string Series, string Label, double Value)> Expected(string id, string kind, IEnumerable<JsonNode?> values) => kind switch
    {
        "count-by" => Counted(id, [.. values.Select(value => Texts(value).Distinct().ToList()).Where(labels => labels.Count > 0)]),
        "histogram" => values.Select(Number).Where(number => number >= 0).CountBy(number => Bucket(number)).Select(pair => (id, pair.Key, (double)pair.Value)),
        "sum" => values.Select(Number).Where(number => number >= 0).Select(number => Math.Min(number, Cap)).ToList() is { Count: > 0 } numbers ? [(id, "total", numbers.Sum())] : [],
        _ => values.SelectMany(value => Versions(id, value)).ToList() is var all
            ? new[] { (By: "xy", Parts: 2), (By: "xyz", Parts: 3) }.SelectMany(by => all
                .CountBy(pair => (pair.Name, Label: string.Join('.', pair.Version.Split('.').Take(by.Parts))))
                .Select(pair => ($"{id}.{by.By}~{KeyCodec.Encode(pair.Key.Name)}", pair.Key.Label, (double)pair.Value)))
            : [],
    };

    private static string Bucket(double number) => number < 2
        ? Math.Floor(number).ToString(CultureInfo.InvariantCulture)
        : Math.Pow(2, Math.Floor(Math.Log2(number))) is var first ? $"{first}-{first * 2 - 1}" : "";

    private static double Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? ValueOf(value) : double.NaN;

    private static IEnumerable<string> Texts(JsonNode? value) => value is JsonArray list
        ? list.Count <= 64 && list.All(item => Text(item) is not null) ? list.Select(item => Text(item)!) : []
        : Text(value) is { } text ? [text] : [];

    private static string? Text(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Number => ValueOf(value).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static double ValueOf(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, string Version)> Versions(string title, JsonNode? value)
    {
        List<(string? Name, string? Version)> pairs = value switch
        {
            JsonObject map => [.. map.Select(pair => ((string?)pair.Key, Version(pair.Value)))],
            JsonArray list => [.. list.Select(item => item is JsonObject map ? (Version(map["name"]), Version(map["version"])) : default)],
            _ => [(title, Version(value))],
        };
        return pairs.Count <= 64 && pairs.TrueForAll(pair => pair is (not null, not null))
            ? pairs.GroupBy(pair => pair.Name!).Select(same => (same.Key, same.Last().Version!))
            : [];
    }

    private static string? Version(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number ? Text(value) : null;

    private static string Entry(string id, string kind, string[] path) => $"""
          - id: {id}
            title: {id}
            group: Random
            question: What?
            example: This.
            personal: no
            privacy: A count.
            since: "1.0"
            status: stable
            field: properties.{string.Join('.', path)}
            kind: {kind}{(kind == "sum" ? $"\n    cap: {Cap}" : "")}
            unit: systems
            out-of: systems
            shape: line

        """;
}
