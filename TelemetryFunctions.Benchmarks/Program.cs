using TelemetryFunctions.Benchmarks;
using TelemetryFunctions.Benchmarks.AzureTables;
using TelemetryFunctions.Benchmarks.Client;
using TelemetryFunctions.Benchmarks.Embedded;
using TelemetryFunctions.Benchmarks.Events;
using TelemetryFunctions.Reports;

const string Usage = """
    usage: dotnet run -c Release --project TelemetryFunctions.Benchmarks -- COMMAND

      embedded ingest DIRECTORY [REPORTS]   takes in a day of reports, 64 at a time (100000)
      embedded ingest-json DIRECTORY [REPORTS]         the same as JSON
      embedded ingest-properties DIRECTORY [REPORTS]   the same as JSON that only Telemetry__MetricsFile=properties.yaml reads
      embedded summarize DIRECTORY          summarizes that day
      embedded forget DIRECTORY             forgets one of its systems
      embedded forgetting DIRECTORY [MB]    posts while others have systems forgotten, on a store of that size, which is filled first (200)
      embedded installs DIRECTORY [PACKAGES]   takes in an install of each package, and rolls them up (60000)

      azurite ingest [REPORTS]     posts a day of reports, 64 at a time (50000)
      azurite summarize            summarizes that day
      azurite scan [ROWS]          writes rows, if they are not there, and scans them (100000)
      decode                       what decoding a page of rows costs, without a service (BenchmarkDotNet)

      track                        what an event costs the host of a client (BenchmarkDotNet)
      events [EVENTS]              takes in events of 3 days, rolls them up and reads them, and does the same on PostgreSQL (1000000)

    The azurite commands use the table service of AzureWebJobsStorage, by default Azurite on its own port.
    """;

switch (args)
{
    case ["embedded", "ingest", var directory, .. var rest]:
        await EmbeddedLoad.IngestAsync(directory, Number(rest, 100_000), BenchmarkReports.Body, ReportFormat.Protobuf);
        return 0;
    case ["embedded", "ingest-json", var directory, .. var rest]:
        await EmbeddedLoad.IngestAsync(directory, Number(rest, 100_000), BenchmarkReports.Json, ReportFormat.Json);
        return 0;
    case ["embedded", "ingest-properties", var directory, .. var rest]:
        await EmbeddedLoad.IngestAsync(directory, Number(rest, 100_000), BenchmarkReports.Properties, ReportFormat.Json);
        return 0;
    case ["embedded", "summarize", var directory]:
        await EmbeddedLoad.SummarizeAsync(directory);
        return 0;
    case ["embedded", "forget", var directory]:
        await EmbeddedLoad.ForgetAsync(directory);
        return 0;
    case ["embedded", "forgetting", var directory, .. var rest]:
        await ForgettingLoad.RunAsync(directory, Number(rest, 200));
        return 0;
    case ["embedded", "installs", var directory, .. var rest]:
        await InstallLoad.RunAsync(directory, Number(rest, 60_000));
        return 0;
    case ["azurite", "ingest", .. var rest]:
        await IngestLoad.RunAsync(Number(rest, 50_000));
        return 0;
    case ["azurite", "summarize"]:
        await SummaryLoad.RunAsync();
        return 0;
    case ["azurite", "scan", .. var rest]:
        await ScanLoad.RunAsync(Number(rest, 100_000));
        return 0;
    case ["events", "postgres-site", var connection, var url]:
        await PostgresSite.RunAsync(connection, url);
        return 0;
    case ["events", .. var rest] when OperatingSystem.IsLinux():
        await EventComparison.RunAsync(Number(rest, 1_000_000));
        return 0;
    case ["track"]:
        TrackBenchmark.Run();
        return 0;
    case ["decode", ..]:
        DecodeBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int Number(string[] arguments, int fallback) => arguments is [var text] ? int.Parse(text, null) : fallback;
