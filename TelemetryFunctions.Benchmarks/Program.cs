using System.Globalization;
using TelemetryFunctions.Benchmarks;
using TelemetryFunctions.Benchmarks.AzureTables;
using TelemetryFunctions.Benchmarks.Chaos;
using TelemetryFunctions.Benchmarks.Embedded;
using TelemetryFunctions.Benchmarks.Events;
using TelemetryFunctions.Benchmarks.Limits;
using TelemetryFunctions.Benchmarks.Load;
using TelemetryFunctions.Benchmarks.Micro;
using TelemetryFunctions.Benchmarks.Processes;
using TelemetryFunctions.Benchmarks.Scale;
using TelemetryFunctions.Reports;

const string Usage = """
    usage: dotnet run -c Release --project TelemetryFunctions.Benchmarks -- COMMAND

      load [PART...] [--systems N,N] [--no-publish]
                                       what the published service does beside the least that could do it, as one table;
                                       parts: ingest, summary, pages, start, events; sizes of the summary; as it was published before
      chaos [KNOCK...]                 kills, full disks, broken files, wrong clocks, floods: what holds, as one table (Linux; about a quarter of an hour)
      micro [ARGUMENTS]                the hot paths one by one (BenchmarkDotNet): --list flat, --filter *Scan*
      scale [SYSTEMS]                  summarizes days of ten times as many systems each, made while they are read (1000000)
      events [EVENTS]                  takes in events of 3 days, rolls them up and reads them, and does the same on PostgreSQL (1000000)

      embedded fill DIRECTORY [SYSTEMS]        puts two days of reports into a site (100000)
      embedded forgetting DIRECTORY [MB]       posts while others have systems forgotten, on a store of that size, which is filled first (200)
      embedded installs DIRECTORY [PACKAGES]   takes in an install of each package, and rolls them up (60000)

      azurite ingest [REPORTS]     posts a day of reports, 64 at a time (50000)
      azurite summarize            summarizes that day
      azurite scan [ROWS]          writes rows, if they are not there, and scans them (100000)

    The azurite commands use the table service of AzureWebJobsStorage, by default Azurite on its own port.
    """;

try
{
    return await RunAsync(args);
}
catch (BenchmarkException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static async Task<int> RunAsync(string[] args)
{
    switch (args)
    {
        case ["load", .. var rest] when await LoadCommand.TryRunAsync(rest):
        case ["limit", .. var limit] when await LimitCommand.TryRunAsync(limit):
            return 0;
        case ["chaos", .. var names] when OperatingSystem.IsLinux():
            return await ChaosCommand.RunAsync(names);
        case ["micro", .. var rest]:
            MicroCommand.Run(rest);
            return 0;
        case ["scale", .. var rest]:
            await ScaleCommand.RunAsync(Number(rest, 1_000_000));
            return 0;
        case ["embedded", "fill", var directory, .. var rest]:
            await DayOfReports.FillAsync(directory, Number(rest, 100_000), BenchmarkReports.Body, ReportFormat.Protobuf);
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
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

static int Number(string[] arguments, int fallback) => arguments switch
{
    [] => fallback,
    [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
    _ => throw new BenchmarkException($"\"{string.Join(' ', arguments)}\" must be one whole number from 1 up."),
};
