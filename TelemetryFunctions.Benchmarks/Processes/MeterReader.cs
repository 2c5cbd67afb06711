using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace TelemetryFunctions.Benchmarks.Processes;

/// <summary>Reads a histogram of another process, as <c>dotnet-counters</c> does.</summary>
internal sealed class MeterReader : IDisposable
{
    private const string Provider = "System.Diagnostics.Metrics";
    private const long TimeSeriesValues = 2;

    // The service tells what came in since it told last.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _histogram;
    private readonly EventPipeSession _session;
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private (double Count, double Sum) _told;

    public MeterReader(int process, string meter, string histogram)
    {
        _histogram = histogram;
        _session = new DiagnosticsClient(process).StartEventPipeSession(
            [
                new EventPipeProvider(Provider, EventLevel.Informational, TimeSeriesValues, new Dictionary<string, string>
                {
                    ["SessionId"] = Guid.NewGuid().ToString(),
                    ["Metrics"] = meter,
                    ["RefreshInterval"] = Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                    ["MaxTimeSeries"] = "100",
                    ["MaxHistograms"] = "10",
                }),
            ],
            requestRundown: false);
        _reading = Task.Run(Read);
    }

    /// <summary>The mean of what is measured while something runs.</summary>
    public async Task<(T Result, double Mean)> MeanWhileAsync<T>(Func<Task<T>> run)
    {
        var before = await TellAsync();
        var result = await run();
        var after = await TellAsync();
        return (result, (after.Sum - before.Sum) / (after.Count - before.Count));
    }

    public void Dispose()
    {
        _session.Stop();
        _reading.Wait();
        _session.Dispose();
    }

    private async Task<(double Count, double Sum)> TellAsync()
    {
        await Task.Delay(Interval * 2);
        lock (_lock)
            return _told;
    }

    private void Read()
    {
        using var source = new EventPipeEventSource(_session.EventStream);
        source.Dynamic.All += told =>
        {
            if (told.EventName != "HistogramValuePublished" || !_histogram.Equals(told.PayloadByName("instrumentName")))
                return;
            lock (_lock)
            {
                _told.Count += Convert.ToDouble(told.PayloadByName("count"), CultureInfo.InvariantCulture);
                _told.Sum += Convert.ToDouble(told.PayloadByName("sum"), CultureInfo.InvariantCulture);
            }
        };
        source.Process();
    }
}
