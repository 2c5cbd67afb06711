using System.Buffers.Binary;

namespace TelemetryFunctions.Standalone.Sqlite.Purging;

/// <summary>The log of a SQLite file: pages that are written and not yet in the file. https://sqlite.org/fileformat2.html#the_write_ahead_log</summary>
/// <param name="path">Where it is.</param>
/// <param name="pageSize">Bytes of a page.</param>
internal sealed class WriteAheadLog(string path, int pageSize)
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    // As many as SQLite itself lets it become before it copies them into the file.
    private const int MaxFrames = 1000;

    // To read the numbers of so many pages takes several milliseconds.
    private const int ManyFrames = 8 * MaxFrames;

    private readonly int _frameBytes = FrameHeaderBytes + pageSize;

    /// <summary>True where all is in the file.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>True where it is time to copy its pages into the file.</summary>
    public bool IsLong => Length > HeaderBytes + (long)MaxFrames * _frameBytes;

    /// <summary>True where it has become so long, for a reader that held it or a huge transaction, that even <see cref="ReadPages"/> takes long.</summary>
    public bool IsVeryLong => Length > HeaderBytes + (long)ManyFrames * _frameBytes;

    private long Length => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Every page that was written since the log was last empty, and perhaps some that were not, by number.</summary>
    public IReadOnlySet<long> ReadPages()
    {
        var pages = new HashSet<long>();
        if (IsEmpty)
            return pages;

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        for (long at = HeaderBytes; RandomAccess.Read(file, number, at) == number.Length; at += _frameBytes)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(number) is var page and not 0)
                pages.Add(page);
        }

        return pages;
    }
}
