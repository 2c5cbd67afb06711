using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using TelemetryFunctions.Privacy;
using TelemetryFunctions.Summaries.Accumulators;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>Reads a metric catalogue, and refuses one that does not fit the report's schema.</summary>
public sealed partial class CatalogueFile
{
    /// <summary>Ids with a meaning of their own below <c>/charts/</c>.</summary>
    private static readonly string[] ReservedIds = ["overview"];

    // With it, a million systems still add up to a number that JSON can carry.
    private const double MaxCap = 1e15;

    private readonly string _name;
    private readonly MessageDescriptor _report;
    private readonly List<StartupException> _errors = [];

    private CatalogueFile(string name, MessageDescriptor report) => (_name, _report) = (name, report);

    /// <param name="yaml">The file's text.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="report">The message whose fields the metrics read.</param>
    /// <exception cref="StartupException">Names the file, the line and the entry that is wrong, and what is right.</exception>
    public static MetricCatalogue Read(string yaml, string name, MessageDescriptor report) =>
        TryRead(yaml, name, report, out var errors) ?? throw errors[0];

    /// <summary>Reads a catalogue, and goes on behind an error: an entry tells its first one.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="report">The message whose fields the metrics read.</param>
    /// <param name="errors">Each names the file, the line and the entry that is wrong, and what is right.</param>
    /// <returns>The catalogue; null where there are errors.</returns>
    public static MetricCatalogue? TryRead(string yaml, string name, MessageDescriptor report, out IReadOnlyList<StartupException> errors)
    {
        var file = new CatalogueFile(name, report);
        MetricCatalogue? catalogue = null;
        file.Try(() => catalogue = file.Read(yaml));
        errors = file._errors;
        return errors.Count == 0 ? catalogue : null;
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (YamlException e)
        {
            _errors.Add(new StartupException($"{_name}, line {e.Start.Line}: {e.Message}", e));
        }
        catch (StartupException e)
        {
            _errors.Add(e);
        }
    }

    private MetricCatalogue Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
            throw new StartupException($"{_name}, line 1: a catalogue is a mapping with the key \"metrics\".");

        var top = new CatalogueEntry(_name, root);
        var metrics = new List<Metric>();
        var lines = new Dictionary<string, long>();
        var rules = new List<(CatalogueEntry Entry, ExclusionRule Rule)>();
        var report = ReportMembers.Default;
        Try(() =>
        {
            foreach (var entry in top.Entries("metrics"))
                Try(() => Add(entry));
        });
        Try(() =>
        {
            foreach (var entry in top.OptionalNode("exclude") is null ? [] : top.Entries("exclude", "rule"))
                Try(() => AddRule(entry));
        });
        Try(() => report = ReadReport(top, [.. metrics.Select(metric => metric.Field), .. rules.Select(rule => rule.Rule.Field)], metrics));
        foreach (var (entry, rule) in rules)
            Try(() => ExclusionReader.Check(entry, rule, report));
        top.RefuseRest();
        return new MetricCatalogue(metrics, [.. rules.Select(rule => rule.Rule)]) { Report = report };

        void Add(CatalogueEntry entry)
        {
            var metric = ReadMetric(entry);
            if (!lines.TryAdd(metric.Id, entry.Line))
                throw entry.Wrong("id", $"there already is a metric of that id in line {lines[metric.Id]}");
            metrics.Add(metric);
        }

        void AddRule(CatalogueEntry entry)
        {
            var rule = ExclusionReader.Read(entry, _report);
            if (rules.Find(other => other.Rule.Id == rule.Id).Entry is { } first)
                throw entry.Wrong("id", $"there already is a rule of that id in line {first.Line}");
            rules.Add((entry, rule));
        }
    }

    private static ReportMembers ReadReport(CatalogueEntry top, IReadOnlyList<MetricField?> fields, List<Metric> metrics)
    {
        var areOwn = !fields.Any(field => field is FieldPath);
        if (top.OptionalEntry("report") is not { } entry)
            return ReportMembers.Default with { AreOwn = areOwn };

        var members = new ReportMembers(entry.OptionalText("id"), entry.OptionalList("forbid")?.ToHashSet(StringComparer.Ordinal) ?? []) { AreOwn = areOwn };
        entry.RefuseRest();
        if (metrics.Find(metric => metric.Field is { } field && members.Forbidden.Contains(field.Member)) is { } reader)
            throw entry.Wrong("forbid", $"the metric \"{reader.Id}\" reads {reader.FieldName}");
        return members.Id is { } id && members.Forbidden.Contains(id)
            ? throw entry.Wrong("forbid", $"\"{id}\" carries the system's id")
            : members;
    }

    private Metric ReadMetric(CatalogueEntry entry)
    {
        var id = entry.Text("id");
        entry.Name = id;
        if (!Id().IsMatch(id) || ReservedIds.Contains(id))
            throw entry.Wrong("id", $"\"{id}\" is no id; it is at most 24 of a-z, 0-9 and single dashes, and not {string.Join(", ", ReservedIds)}");

        var kind = entry.OneOf("kind", MetricKind.All, kind => kind.Name);
        var field = ReadField(entry, kind);
        var metric = new Metric(id, entry.Text("title"), entry.Text("group"), entry.Text("unit"), kind, field)
        {
            OutOf = entry.Text("out-of"),
            Shape = entry.OneOf("shape", Enum.GetValues<ChartShape>(), shape => shape.ToString().ToLowerInvariant()),
            Format = ReadFormat(entry, kind, field),
            Labels = ReadLabels(entry, kind),
            Order = ReadOrder(entry, kind),
            Buckets = ReadBuckets(entry, kind),
            Cap = ReadCap(entry, kind),
            Supported = ReadSupported(entry, kind),
            Allowed = ReadAllowed(entry),
            IsHeadline = entry.OptionalFlag("headline"),
            Story = ReadStory(entry),
        };
        metric = metric with { Sample = new SampleReader(entry, metric, _report).Read() };
        if (metric is { Sample: null, Story.Example.Length: 0 })
            throw entry.Wrong("example", "it is missing, and there is no sample to show instead");
        entry.RefuseRest();
        return metric;
    }

    private MetricField? ReadField(CatalogueEntry entry, MetricKind kind)
    {
        FieldPath? path = null;
        var text = entry.OptionalText("field");
        if (text is not null && PropertyField.IsName(text))
        {
            if (!PropertyField.TryFind(text, entry.Text("title"), _report, out var property, out var wrong))
                throw entry.Wrong("field", wrong);
            return kind.Wants.Property is not null ? property : throw entry.Wrong("field", $"kind {kind.Name} reads {kind.Wants.Wanted}");
        }

        if (text is not null && !FieldPath.TryFind(text, _report, out path, out var error))
            throw entry.Wrong("field", error);
        if (!kind.Wants.Fits(path?.Field))
            throw entry.Wrong(text is null ? "kind" : "field", $"kind {kind.Name} reads {kind.Wants.Wanted}{(text is null ? "" : $", and \"{text}\" is {Describe(path!.Field)}")}");
        return path;
    }

    private static LabelFormat ReadFormat(CatalogueEntry entry, MetricKind kind, MetricField? field)
    {
        if (entry.OptionalText("format") is null)
            return LabelFormat.Plain;

        var format = entry.OneOf("format", LabelFormat.All, format => format.Name);
        if (!kind.TakesFormat)
            throw entry.Wrong("format", $"kind {kind.Name} takes no format");
        return field switch
        {
            FieldPath path => format.Fits(path.Field) ? format : throw entry.Wrong("format", $"{format.Name} can't write {Describe(path.Field)}"),
            _ => format.FitsProperty ? format : throw entry.Wrong("format", $"{format.Name} can't write a property"),
        };
    }

    private static LabelRules ReadLabels(CatalogueEntry entry, MetricKind kind)
    {
        var rules = new LabelRules(entry.OptionalTexts("labels"), entry.OptionalList("only")?.ToHashSet(StringComparer.Ordinal));
        if (!kind.TakesLabels && rules.Names.Count > 0)
            throw entry.Wrong("labels", $"kind {kind.Name} has labels of its own");
        return kind.TakesLabels || rules.Only is null ? rules : throw entry.Wrong("only", $"kind {kind.Name} has labels of its own");
    }

    private static IReadOnlyList<string>? ReadOrder(CatalogueEntry entry, MetricKind kind)
    {
        if (entry.OptionalList("order") is not { } order)
            return null;
        if (!kind.TakesLabels)
            throw entry.Wrong("order", $"kind {kind.Name} has labels of its own");
        return order.Distinct().Count() == order.Count ? order : throw entry.Wrong("order", "a label is there twice");
    }

    private static NumberBuckets ReadBuckets(CatalogueEntry entry, MetricKind kind)
    {
        if (entry.OptionalList("buckets") is not { } texts)
            return NumberBuckets.Doubling;
        if (!kind.TakesBuckets)
            throw entry.Wrong("buckets", $"kind {kind.Name} takes no buckets");

        var starts = texts.Select(text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var start) ? start : double.NaN).ToList();
        return starts.Count <= LabelBounds.MaxLabels && starts.TrueForAll(double.IsFinite) && starts.Zip(starts.Skip(1)).All(pair => pair.First < pair.Second)
            ? NumberBuckets.From(starts)
            : throw entry.Wrong("buckets", $"it must be at most {LabelBounds.MaxLabels} ascending numbers, such as [0, 1, 10, 100]");
    }

    private static double ReadCap(CatalogueEntry entry, MetricKind kind)
    {
        var text = entry.OptionalText("cap");
        if (!kind.TakesCap)
            return text is null ? double.PositiveInfinity : throw entry.Wrong("cap", $"kind {kind.Name} takes no cap");
        if (text is null)
            throw entry.Wrong("kind", "kind sum needs the key cap, what one system adds at most");
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cap) && cap is > 0 and <= MaxCap
            ? cap
            : throw entry.Wrong("cap", string.Create(CultureInfo.InvariantCulture, $"\"{text}\" must be a number over 0, such as 1000, and at most {MaxCap:0}"));
    }

    private static SupportedVersions ReadSupported(CatalogueEntry entry, MetricKind kind)
    {
        const string key = "supported";
        var node = entry.OptionalNode(key);
        if (node is null)
            return SupportedVersions.Unknown;
        if (kind != MetricKind.Versions)
            throw entry.Wrong(key, $"kind {kind.Name} counts no versions");
        if (node is not YamlMappingNode || entry.OptionalEntry(key) is not { } names)
            return SupportedVersions.Unknown with { OfAll = Versions(entry, key) };
        return SupportedVersions.Unknown with { OfNames = names.Keys.ToDictionary(name => name, name => Versions(names, name), StringComparer.Ordinal) };

        static IReadOnlyList<string> Versions(CatalogueEntry entry, string key)
        {
            var versions = entry.OptionalList(key)!;
            return versions.FirstOrDefault(version => !VersionText.TryParse(version, out _)) is { } wrong
                ? throw entry.Wrong(key, $"\"{wrong}\" must be a version, or the beginning of one, such as 3.50")
                : versions;
        }
    }

    private static IReadOnlySet<string> ReadAllowed(CatalogueEntry entry)
    {
        if (entry.OptionalEntry("audit") is not { } audit)
            return FrozenSet<string>.Empty;

        var allowed = audit.OptionalList("allow") ?? throw audit.Wrong("allow", "it is missing");
        if (allowed.FirstOrDefault(name => PersonalRule.Find(name) is null) is { } wrong)
            throw audit.Wrong("allow", $"\"{wrong}\" must be one of {string.Join(", ", PersonalRule.All.Select(rule => rule.Name))}");

        // For who reads the file next: an exception without a reason stays for ever.
        _ = audit.Text("because");
        audit.RefuseRest();
        return allowed.ToFrozenSet(StringComparer.Ordinal);
    }

    private static MetricStory ReadStory(CatalogueEntry entry) => new(
        entry.Text("question"),
        entry.OptionalText("example") ?? "",
        entry.OneOf("personal", [false, true], personal => personal ? "yes" : "no"),
        entry.Text("privacy"),
        entry.Text("since"),
        entry.OneOf("status", Enum.GetValues<MetricStatus>(), status => status.ToString().ToLowerInvariant()));

    internal static string Describe(FieldDescriptor field)
    {
        var label = field.IsMap ? "a map of" : field.IsRepeated ? "a repeated" : field.HasPresence && field.FieldType != FieldType.Message ? "an optional" : "a";
        return $"{label} {field.FieldType.ToString().ToLowerInvariant()}{(field is { HasPresence: false, IsRepeated: false } ? " that is not optional" : "")}";
    }

    // So short that, with the longest label behind it, it fits into a key.
    [GeneratedRegex("^(?=.{1,24}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    internal static partial Regex Id();
}
