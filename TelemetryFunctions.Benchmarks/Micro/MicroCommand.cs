using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TelemetryFunctions.Benchmarks.Micro;

/// <summary><c>micro</c>: the hot paths one by one, by BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    /// <param name="arguments">Those of BenchmarkDotNet, such as <c>--list flat</c> and <c>--filter *Scan*</c>; all benchmarks where there are none.</param>
    public static void Run(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(
        arguments.Length > 0 ? arguments : ["--filter", "*"],
        // In this process: it has the settings of the service, and a short run is enough to see what costs what.
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
}
