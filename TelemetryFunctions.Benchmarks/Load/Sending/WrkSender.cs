using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Load.Sending;

/// <summary>Sends by wrk.</summary>
internal sealed class WrkSender : LoadSender
{
    private WrkSender()
    {
    }

    public override string Name => "wrk";

    /// <summary>It, where it is installed.</summary>
    public static WrkSender? TryFind()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("wrk", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return new WrkSender();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public override async Task<Sent> SendAsync(string url, Traffic traffic, int connections, int seconds)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, WrkScript.Of(traffic));
            string[] arguments = ["-t1", $"-c{connections}", $"-d{seconds}", "--timeout", "10", "-s", script, url + traffic.Path];
            using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return Parse(output) ?? throw new BenchmarkException($"wrk failed:\n{output}");
        }
        finally
        {
            File.Delete(script);
        }
    }

    /// <summary>Reads the line that the script writes at the end.</summary>
    private static Sent? Parse(string output)
    {
        if (output.Split('\n').FirstOrDefault(line => line.StartsWith(WrkScript.Mark, StringComparison.Ordinal)) is not { } line)
            return null;

        var numbers = line.Split(' ').Skip(1).Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (requests, microseconds, errors, median, p99) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        return errors == 0
            ? new Sent(requests / microseconds * 1e6, median / 1e3, p99 / 1e3)
            : throw new BenchmarkException($"{errors} of {requests} requests were refused or failed.");
    }
}
