using System.Diagnostics;
using System.Runtime.Versioning;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Events;

/// <summary>A PostgreSQL server of its own, with its default settings, on a directory that goes with it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PostgresServer : IDisposable
{
    private const string Home = "/usr/lib/postgresql";

    private readonly string _directory;
    private readonly string _binaries;

    private PostgresServer(string directory, string binaries, int port) => (_directory, _binaries, Port) = (directory, binaries, port);

    public int Port { get; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Maximum Pool Size=32";

    public static PostgresServer Start()
    {
        var binaries = Directory.Exists(Home) ? Directory.GetDirectories(Home).Order().LastOrDefault() : null;
        if (binaries is null)
            throw new BenchmarkException($"There is no PostgreSQL in {Home}: install Debian's package postgresql.");

        var server = new PostgresServer(Directory.CreateTempSubdirectory("postgres-").FullName, Path.Combine(binaries, "bin"), ChildSite.FreePort());
        File.SetUnixFileMode(server._directory, (UnixFileMode)0b111_111_111);
        server.Run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "-D", server.Data);
        server.Run("pg_ctl", "start", "--wait", "-D", server.Data, "-l", Path.Combine(server._directory, "log"), "-o", $"-p {server.Port} -c listen_addresses=127.0.0.1 -k {server._directory}");
        return server;
    }

    private string Data => Path.Combine(_directory, "data");

    public void Dispose()
    {
        Run("pg_ctl", "stop", "--wait", "-m", "fast", "-D", Data);
        Directory.Delete(_directory, recursive: true);
    }

    private void Run(string command, params string[] arguments)
    {
        // It refuses to run as root.
        var binary = Path.Combine(_binaries, command);
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", binary, .. arguments])
            : new ProcessStartInfo(binary, arguments);
        start.WorkingDirectory = _directory;
        start.RedirectStandardOutput = command != "pg_ctl";
        using var process = Process.Start(start)!;
        if (start.RedirectStandardOutput)
            process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new BenchmarkException($"{command} ended with {process.ExitCode}.");
    }
}
