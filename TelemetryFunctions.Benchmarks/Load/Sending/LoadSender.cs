namespace TelemetryFunctions.Benchmarks.Load.Sending;

/// <summary>What came of a load.</summary>
/// <param name="PerSecond">Requests that were answered by 200, a second.</param>
/// <param name="Median">Milliseconds to the answer.</param>
/// <param name="P99">Milliseconds that 99 % of the answers took at most.</param>
internal sealed record Sent(double PerSecond, double Median, double P99)
{
    public string Latency => $"median {LoadTable.Text(Median)} ms, 99 % {LoadTable.Text(P99)} ms";
}

/// <summary>Sends as many requests as are answered.</summary>
internal abstract class LoadSender
{
    /// <summary>What it is, for the table.</summary>
    public abstract string Name { get; }

    /// <summary>wrk, or what there is without it.</summary>
    public static LoadSender Find() => WrkSender.TryFind() ?? (LoadSender)new BuiltInSender();

    /// <param name="url">The site.</param>
    /// <param name="traffic">What is sent.</param>
    /// <param name="connections">How many requests are on their way at a time, each on a connection of its own.</param>
    /// <param name="seconds">How long.</param>
    /// <exception cref="Processes.BenchmarkException">A request was refused or failed.</exception>
    public abstract Task<Sent> SendAsync(string url, Traffic traffic, int connections, int seconds);
}
