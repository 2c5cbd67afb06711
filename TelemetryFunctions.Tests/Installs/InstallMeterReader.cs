using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>Adds up what one app's meter counts.</summary>
internal sealed class InstallMeterReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string, string), long> _sums = new();

    public InstallMeterReader(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == InstallMeter.Name && instrument.Meter.Scope == factory)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _sums.AddOrUpdate((instrument.Name, $"{tags[0].Value}"), value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long this[string instrument, string outcome] => _sums.GetValueOrDefault((instrument, outcome));

    public void Dispose() => _listener.Dispose();
}
