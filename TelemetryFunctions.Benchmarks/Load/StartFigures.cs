using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>From the start of the process to the first answer, beside a server that does nothing else, compiled ahead as well.</summary>
internal static class StartFigures
{
    private const int Starts = 9;

    public static IEnumerable<LoadFigure> Measure(LoadRun run)
    {
        var data = run.MakeDirectory("start");
        run.StartService(data).Dispose();
        var rounds = new List<(double Service, double Server, double Memory, double ServerMemory)>();
        for (var i = 0; i < Starts; i++)
        {
            var (service, memory) = StartAndEnd(() => run.StartService(data));
            var (server, serverMemory) = StartAndEnd(() => run.StartBareServer());
            rounds.Add((service, server, memory, serverMemory));
        }

        yield return new LoadFigure(
            "start to the first 200", "ms", LoadRun.Middle(rounds, round => round.Service).Service, LoadRun.Middle(rounds, round => round.Server).Server, "Kestrel that says ok",
            $"{rounds.Min(round => round.Service):f0} to {rounds.Max(round => round.Service):f0} ms, {rounds.Min(round => round.Server):f0} to {rounds.Max(round => round.Server):f0} ms")
        { IsRate = false };
        yield return new LoadFigure(
            "memory then", "MB", LoadRun.Middle(rounds, round => round.Memory).Memory / 1e6, LoadRun.Middle(rounds, round => round.ServerMemory).ServerMemory / 1e6, "Kestrel that says ok")
        { IsRate = false };
    }

    private static (double Milliseconds, double Memory) StartAndEnd(Func<ChildSite> start)
    {
        using var site = start();
        return (site.StartedIn.TotalMilliseconds, site.Memory);
    }
}
