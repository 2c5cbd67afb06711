using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>
/// Makes reports such as a catalogue asks for: each field that a metric reads has a value, by the metric's sample where
/// there is one, and what no metric reads is not sent.
/// </summary>
internal sealed class SampledValues
{
    private readonly (MetricField Field, MetricSample Sample, bool IsRelease)[] _drawn;
    private readonly IFieldAccessor[] _unread;

    /// <param name="catalogue">The metrics.</param>
    /// <param name="example">A report as it is without: what it says needs no value where there is no sample.</param>
    /// <param name="id">The name of the field that has the system's id.</param>
    public SampledValues(MetricCatalogue catalogue, IMessage example, string id)
    {
        // Of metrics that read the same field, the one that says most about it decides what is sent.
        _drawn =
        [
            .. catalogue.Metrics
                .Where(metric => metric.Field is { } field && (metric.Sample is not null || !Says(example, field)))
                .OrderBy(Demand)
                .DistinctBy(metric => metric.FieldName)
                .Select(metric => (Metric: metric, Sample: LikelySamples.Of(metric, example.Descriptor)))
                .Select(pair => (pair.Metric.Field!, pair.Sample, pair.Metric.Kind.Wants == FieldShape.Versions && !pair.Sample.HasWeights)),
        ];
        var read = catalogue.Metrics.Select(metric => metric.FieldName?.Split('.')[0]).Append(id).ToHashSet();
        _unread = [.. example.Descriptor.Fields.InDeclarationOrder().Where(field => !read.Contains(field.Name)).Select(field => field.Accessor)];
    }

    /// <summary>Completes a report.</summary>
    /// <param name="report">What the fleet says by itself.</param>
    /// <param name="system">The system; it sends the same from day to day, but for releases.</param>
    /// <param name="release">How far the system has come with its updates, from 0, the oldest, to under 1, the newest.</param>
    public void Complete(IMessage report, Guid system, double release)
    {
        ClearUnread(report);
        if (_drawn.Length == 0)
            return;

        var random = new Random(system.GetHashCode());
        foreach (var (field, sample, isRelease) in _drawn)
        {
            var draw = random.NextDouble();
            field.TryWrite(report, sample.Draw(isRelease ? release : draw));
        }
    }

    /// <summary>Completes a report with the first value of each sample.</summary>
    public void CompleteWithFirst(IMessage report)
    {
        ClearUnread(report);
        foreach (var (field, sample, _) in _drawn)
            field.TryWrite(report, sample.Values[0]);
    }

    private void ClearUnread(IMessage report)
    {
        foreach (var field in _unread)
            field.Clear(report);
    }

    private static int Demand(Metric metric) => metric switch
    {
        { Sample: not null } => 0,
        _ when metric.Kind.Wants == FieldShape.Number || metric.Kind.Wants == FieldShape.Numbers => 1,
        _ when metric.Kind.Wants == FieldShape.Versions => 2,
        _ => 3,
    };

    private static bool Says(IMessage report, MetricField field) => field is FieldPath path && path.Read(report) is not null;
}
