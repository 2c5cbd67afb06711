using System.Globalization;
using TelemetryFunctions.Benchmarks.Load.Sending;
using TelemetryFunctions.Benchmarks.Processes;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>
/// <c>load</c>: what the published service does, beside the least that could do it, measured in turns on this machine, as one table.
/// </summary>
internal static class LoadCommand
{
    private const string NoPublish = "--no-publish";

    private static readonly string[] All = ["ingest", "summary", "pages", "start", "events"];

    /// <param name="arguments">Some of the parts, all where there are none; <c>--systems</c> with sizes for the summary; <c>--no-publish</c> takes what was published before.</param>
    /// <returns>False where they are others.</returns>
    /// <exception cref="BenchmarkException">Something is missing, or failed.</exception>
    public static async Task<bool> TryRunAsync(string[] arguments)
    {
        var isPublished = arguments.Contains(NoPublish);
        arguments = [.. arguments.Where(argument => argument != NoPublish)];
        var sizes = SummaryFigures.Sizes;
        if (Array.IndexOf(arguments, "--systems") is var at and >= 0)
        {
            if (at + 1 == arguments.Length || ParseSizes(arguments[at + 1]) is not { } asked)
                return false;
            (sizes, arguments) = (asked, [.. arguments[..at], .. arguments[(at + 2)..]]);
        }

        if (arguments.Except(All).Any())
            return false;

        var directory = Directory.CreateTempSubdirectory("load-").FullName;
        try
        {
            var run = new LoadRun(isPublished ? Published.FindMade() : await Published.MakeAsync(), LoadSender.Find(), directory);
            var figures = new List<LoadFigure>();
            await foreach (var figure in MeasureAsync(run, arguments.Length > 0 ? arguments : All, sizes))
            {
                Console.Error.WriteLine($"{figure.Name}: {LoadTable.Text(figure.Measured)} of {LoadTable.Text(figure.Limit)} {figure.Unit} {figure.Beside}");
                figures.Add(figure);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, .NET {Environment.Version}; requests by {run.Sender.Name}\n"));
            LoadTable.Write(figures, Console.Out);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        return true;
    }

    private static async IAsyncEnumerable<LoadFigure> MeasureAsync(LoadRun run, string[] parts, IReadOnlyList<int> sizes)
    {
        foreach (var part in parts)
        {
            var figures = part switch
            {
                "ingest" => IngestFigures.MeasureAsync(run),
                "summary" => SummaryFigures.MeasureAsync(run, sizes),
                "pages" => PageFigures.MeasureAsync(run),
                "start" => StartFigures.Measure(run).ToAsyncEnumerable(),
                _ => EventFigures.MeasureAsync(run),
            };
            await foreach (var figure in figures)
                yield return figure;
        }
    }

    private static List<int>? ParseSizes(string text)
    {
        var sizes = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size == 0)
                return null;
            sizes.Add(size);
        }

        return sizes;
    }
}
