using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TelemetryFunctions.Standalone.Moving.Pulp;

/// <summary>
/// Reads what Django's <c>dumpdata</c> wrote, as one array or an object a line, compressed with gzip or not; one record at a time, however
/// large the file is.
/// </summary>
internal static class DumpReader
{
    /// <summary>The name of the file that is the standard input.</summary>
    public const string StandardInput = "-";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    /// <summary>The records of a file with their numbers, from 1 on.</summary>
    /// <exception cref="StartupException">The file can't be read, or is no dump; the message names the file and the record.</exception>
    public static async IAsyncEnumerable<(long Number, DumpRecord Record)> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = Open(file);
        await using var records = ReadAsync(stream, cancellation).GetAsyncEnumerator(cancellation);
        var number = 0L;
        while (await NextAsync(records, file, number + 1))
        {
            number++;
            yield return (number, records.Current ?? throw Wrong(file, number, "is null; a record is an object with model, pk and fields."));
        }

        if (number == 0)
            throw new StartupException($"{file} has no records; it must be the output of Django's dumpdata, JSON.");
    }

    /// <summary>What is wrong in a record.</summary>
    public static StartupException Wrong(string file, long number, string what) => new($"{file}, record {number}: {what}");

    private static Stream Open(string file)
    {
        try
        {
            return file == StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file} can't be read: {e.Message}", e);
        }
    }

    private static async IAsyncEnumerable<DumpRecord?> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream);
        if (await PeekAsync(reader, GzipMark.Length, cancellation) is var start && start.AsSpan().StartsWith(GzipMark))
            reader = PipeReader.Create(new GZipStream(reader.AsStream(), CompressionMode.Decompress));

        start = await PeekAsync(reader, ByteOrderMark.Length + 1, cancellation);
        if (start.AsSpan().StartsWith(ByteOrderMark))
        {
            var bytes = await reader.ReadAtLeastAsync(ByteOrderMark.Length, cancellation);
            reader.AdvanceTo(bytes.Buffer.GetPosition(ByteOrderMark.Length));
            start = start[ByteOrderMark.Length..];
        }

        // An array begins with its bracket; Django writes nothing before it.
        var isArray = start.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        await foreach (var record in JsonSerializer.DeserializeAsyncEnumerable(reader, DumpJson.Default.DumpRecord, topLevelValues: !isArray, cancellation))
            yield return record;
    }

    private static async Task<byte[]> PeekAsync(PipeReader reader, int count, CancellationToken cancellation)
    {
        var read = await reader.ReadAtLeastAsync(count, cancellation);
        var start = read.Buffer.Slice(0, Math.Min(count, read.Buffer.Length)).ToArray();
        reader.AdvanceTo(read.Buffer.Start);
        return start;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<DumpRecord?> records, string file, long number)
    {
        try
        {
            return await records.MoveNextAsync();
        }
        catch (JsonException e)
        {
            throw Wrong(file, number, $"is no JSON of Django's dumpdata, or the file ends in it: {e.Message}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new StartupException($"{file} can't be read beyond record {number - 1}: {e.Message}", e);
        }
    }
}
