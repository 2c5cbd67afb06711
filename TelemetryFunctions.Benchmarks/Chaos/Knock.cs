using System.Runtime.Versioning;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Something that happens to a service, and what must hold then.</summary>
/// <param name="Name">How it is asked for on the command line.</param>
/// <param name="Promise">What must hold.</param>
/// <param name="HitAsync">Does it, and tells what was seen. Throws <see cref="BrokenPromiseException"/> where it does not hold.</param>
internal sealed record Knock(string Name, string Promise, Func<Task<string>> HitAsync)
{
    [SupportedOSPlatform("linux")]
    public static IReadOnlyList<Knock> All { get; } =
    [
        new("kills-sqlite", "Killed again and again while it takes in and rolls up: nothing acknowledged is lost, nothing counts twice", KillLoop.OnSqliteAsync),
        new("kills-azurite", "The same on Azure Tables", KillLoop.OnAzuriteAsync),
        new("disk-full", "503, what was acknowledged stays, and all goes on once there is room", FileKnocks.DiskFullAsync),
        new("read-only", "It does not start, and says in one line why", FileKnocks.ReadOnlyAsync),
        new("corrupt", "The damage is named, and the rest goes on", FileKnocks.CorruptAsync),
        new("truncated", "The damage is named, and nothing is made worse", FileKnocks.TruncatedAsync),
        new("two-processes", "The second does not start, and says in one line why", FileKnocks.TwoProcessesAsync),
        new("clock", "A clock that jumps ahead and back destroys nothing, and days count once", ClockKnock.HitAsync),
        new("azurite-away", "503 for as long as the tables are away, and nothing acknowledged is lost", AwayKnock.HitAsync),
        new("idle", "Connections that do nothing and uploads that trickle keep nobody from reporting", ConnectionKnock.HitAsync),
        new("malformed", "No body, however broken, is answered 5xx or stays in memory", MalformedKnock.HitAsync),
    ];
}

/// <summary>A promise does not hold; the message says what was seen.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message)
{
    public static void Unless(bool holds, string seen)
    {
        if (!holds)
            throw new BrokenPromiseException(seen);
    }
}
