using HdrHistogram;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>
/// Requests by label, with how many failed and the percentiles of their latency. Percentiles of many are from histograms whose relative error
/// is 0.1 % at most, those of a few are exact; both of whole microseconds up to an hour: what took longer counts as an hour.
/// </summary>
/// <param name="rollup">The rollup.</param>
/// <param name="count">The value that has the count.</param>
/// <param name="hasErrors">True where an event may have failed.</param>
/// <param name="read">What an event is to it; null where it is nothing.</param>
/// <param name="largest">The labels that have a histogram of their own; null to find them.</param>
internal sealed class LatencyAccumulator(
    Rollup rollup, string count, bool hasErrors, Func<StoredEvent, Latency?> read, IReadOnlySet<string>? largest = null) : IEventAccumulator
{
    /// <summary>Labels that have a histogram while the largest are not known. Each takes some 90 KiB.</summary>
    private const int MaxHistograms = LabelBounds.MaxLabels + 56;

    private const int Digits = 3;
    private const double MicrosecondsPerMs = 1_000;
    private const long Most = 3_600_000_000;

    private readonly LabelCounts<string> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Requests> _labels = new(StringComparer.Ordinal);

    /// <summary>True where there were too many labels to give each a histogram: all must be done again with the largest.</summary>
    public bool HasOverflown { get; private set; }

    public void Add(in StoredEvent stored)
    {
        if (read(stored) is not { } latency)
            return;

        var label = LabelText.Of(latency.Label);
        if (largest is null)
        {
            _counts.Add(label);
            HasOverflown |= _labels.Count > MaxHistograms;
            if (HasOverflown)
                return;
        }
        else if (!largest.Contains(label))
        {
            label = LabelBounds.Other;
        }

        if (!_labels.TryGetValue(label, out var requests))
            _labels[label] = requests = new Requests();
        requests.Add(latency);
    }

    /// <summary>The labels that are largest.</summary>
    public IReadOnlySet<string> FindLargest() =>
        _counts.Largest().Select(label => label.Key).Where(label => label != LabelBounds.Other).Take(LabelBounds.MaxLabels).ToHashSet(StringComparer.Ordinal);

    public IEnumerable<RollupPoint> Points()
    {
        var kept = _labels.Where(label => label.Key != LabelBounds.Other).OrderByDescending(label => label.Value.Count).Take(LabelBounds.MaxLabels).ToDictionary();
        if (_labels.Where(label => !kept.ContainsKey(label.Key)).Select(label => label.Value).Aggregate((Requests?)null, Requests.Merge) is { } rest)
            kept[LabelBounds.Other] = rest;
        foreach (var (label, requests) in kept)
        {
            yield return new RollupPoint(rollup, count, label, requests.Count);
            if (hasErrors)
            {
                yield return new RollupPoint(rollup, "errors", label, requests.Errors);
                yield return new RollupPoint(rollup, "error-rate", label, (double)requests.Errors / requests.Count);
            }

            foreach (var percentile in new[] { 50, 95, 99 })
                yield return new RollupPoint(rollup, $"p{percentile}-ms", label, requests.Percentile(percentile));
        }
    }

    private sealed class Requests
    {
        // A histogram takes 90 KiB, and reading it as long as sorting a few thousand numbers.
        private const int MaxExact = 1_000;

        private List<long>? _exact = [];
        private IntHistogram? _histogram;

        public long Count { get; private set; }

        public long Errors { get; private set; }

        public void Add(Latency latency)
        {
            Add((long)Math.Min(Most, Math.Round(latency.Ms * MicrosecondsPerMs)));
            Count++;
            Errors += latency.HasFailed ? 1 : 0;
        }

        /// <summary>The least latency that so many per cent do not exceed, in ms.</summary>
        public double Percentile(int percent)
        {
            if (_histogram is not null)
                return _histogram.GetValueAtPercentile(percent) / MicrosecondsPerMs;
            _exact!.Sort();
            return _exact[(int)((Count * percent + 99) / 100) - 1] / MicrosecondsPerMs;
        }

        public static Requests? Merge(Requests? sum, Requests other)
        {
            if (sum is null)
                return other;
            other._exact?.ForEach(sum.Add);
            if (other._histogram is not null)
                sum.ToHistogram().Add(other._histogram);
            sum.Count += other.Count;
            sum.Errors += other.Errors;
            return sum;
        }

        private void Add(long microseconds)
        {
            if (_exact is { Count: < MaxExact })
                _exact.Add(microseconds);
            else
                ToHistogram().RecordValue(microseconds);
        }

        private IntHistogram ToHistogram()
        {
            if (_histogram is null)
            {
                var histogram = _histogram = new IntHistogram(Most, Digits);
                _exact!.ForEach(histogram.RecordValue);
                _exact = null;
            }

            return _histogram;
        }
    }
}

/// <summary>One request or query.</summary>
/// <param name="Label">What it was.</param>
/// <param name="Ms">How long it took.</param>
/// <param name="HasFailed">Whether it failed.</param>
internal readonly record struct Latency(string Label, double Ms, bool HasFailed);
