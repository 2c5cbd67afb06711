namespace TelemetryFunctions.Summaries;

/// <summary>A span of UTC time that is summarized as one: a day or an hour.</summary>
/// <param name="Start">The first moment, a multiple of <paramref name="Length"/> since the epoch.</param>
/// <param name="Length">How long it lasts.</param>
public readonly record struct Window(DateTimeOffset Start, TimeSpan Length)
{
    /// <summary>
    /// How long after its end a window is left open, for the clocks of several instances and for writes on their way.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset End => Start + Length;

    /// <summary>From here on it is complete and may be summarized.</summary>
    public DateTimeOffset ClosesAt => End + Grace;

    /// <summary>
    /// A row of this window that was not sent by now goes to the next one: half the grace is left for a write that was.
    /// </summary>
    public DateTimeOffset LastWrite => End + Grace / 2;

    public Window Next => this with { Start = End };

    /// <summary>The window that holds <paramref name="time"/>.</summary>
    public static Window At(DateTimeOffset time, TimeSpan length) =>
        new(new DateTimeOffset(time.UtcTicks - time.UtcTicks % length.Ticks, TimeSpan.Zero), length);

    /// <summary>The UTC day that holds <paramref name="time"/>.</summary>
    public static Window Day(DateTimeOffset time) => At(time, TimeSpan.FromDays(1));
}
