namespace TelemetryFunctions.Client.Events;

/// <summary>How long to wait before the next try: twice as long each time, and never as long as all others do.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    /// <summary>A service that asks for more is not believed: a slip of its configuration would silence its clients for good.</summary>
    private static readonly TimeSpan MostAskedFor = TimeSpan.FromHours(1);

    private TimeSpan _next = First;

    /// <param name="askedFor">The least that the service asks for.</param>
    public TimeSpan Next(TimeSpan askedFor)
    {
        var wait = _next * (0.5 + Random.Shared.NextDouble() / 2);
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Most.Ticks));
        return wait + TimeSpan.FromTicks(Math.Clamp(askedFor.Ticks, 0, MostAskedFor.Ticks));
    }

    public void Reset() => _next = First;
}
