using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Charts.Export;

/// <summary>Answers <c>GET /export.zip</c>: every chart in every breakdown as CSV, one after the other, never all of them in memory.</summary>
public sealed class ExportApi(ChartReader reader, ChartBodies bodies, BodyResponses responses)
{
    private const string FileName = "telemetry.zip";

    /// <summary>What there is, for who looks for a chart: names of files are not those of charts.</summary>
    private const string Index = "index.csv";

    public async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        var overview = await bodies.GetOverviewAsync(cancellation);
        var charts = await reader.ListSeriesAsync(cancellation);
        request.HttpContext.Response.Headers.CacheControl = responses.UntilNextRun(overview.ThroughMs);

        // Weak: of the same charts, but no promise about each byte of an archive.
        return TypedResults.Stream(
            body => WriteAsync(body, charts, overview.ThroughMs, request.HttpContext.RequestAborted),
            "application/zip",
            FileName,
            entityTag: new EntityTagHeaderValue($"\"{overview.Tag}\"", isWeak: true));
    }

    private async Task WriteAsync(Stream body, IReadOnlyList<ChartOfSeries> charts, long? throughMs, CancellationToken cancellation)
    {
        // The oldest time that an archive can say, where there is no day.
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(throughMs ?? 0, ExportFile.FirstMs));
        await using var written = new WrittenBytes();
        await using (var zip = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            var index = new StringBuilder("file,id,title,by,unit").Append(CsvText.LineEnd);
            foreach (var chart in charts)
            {
                if (await reader.ReadAsync(chart, cancellation) is not { } document)
                    continue;

                var file = ExportFile.NameOf(chart);
                Add(zip, file, ChartCsv.Write(document), time);
                index.AppendJoin(',', new[] { file, document.Id, document.Title, chart.By ?? "", document.Unit }.Select(CsvText.Field)).Append(CsvText.LineEnd);
                await written.SendAsync(body, cancellation);
            }

            Add(zip, Index, Encoding.UTF8.GetBytes(index.ToString()), time);
        }

        await written.SendAsync(body, cancellation);
    }

    private static void Add(ZipArchive zip, string name, byte[] content, DateTimeOffset time)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = time;
        using var stream = entry.Open();
        stream.Write(content);
    }

    /// <summary>
    /// What was written of the archive and not sent yet: the end of an entry is written without waiting, which a server does not take.
    /// </summary>
    private sealed class WrittenBytes : MemoryStream
    {
        /// <summary>What was sent can't be changed.</summary>
        public override bool CanSeek => false;

        public async Task SendAsync(Stream body, CancellationToken cancellation)
        {
            await body.WriteAsync(GetBuffer().AsMemory(0, (int)Length), cancellation);
            SetLength(0);
        }
    }
}
