using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Benchmarks.Chaos;

/// <summary>Reads answers that come one behind the other on a connection, and keeps of each its status.</summary>
internal sealed class AnswerReader(Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.Latin1, false, 1 << 16);

    /// <exception cref="BrokenPromiseException">The connection ended.</exception>
    public async Task<int> ReadAsync()
    {
        var status = int.Parse((await LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        var (length, isChunked) = (0, false);
        for (var line = await LineAsync(); line.Length > 0; line = await LineAsync())
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
            isChunked |= line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase);
        }

        if (!isChunked)
            await SkipAsync(length);
        while (isChunked)
        {
            var size = int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await SkipAsync(size);
            await LineAsync();
            isChunked = size > 0;
        }

        return status;
    }

    public void Dispose() => _reader.Dispose();

    private async Task<string> LineAsync() =>
        await _reader.ReadLineAsync() ?? throw new BrokenPromiseException("a connection was closed because of a body");

    private async Task SkipAsync(int length)
    {
        var bytes = new char[length];
        if (await _reader.ReadBlockAsync(bytes) < length)
            throw new BrokenPromiseException("an answer broke off");
    }
}
