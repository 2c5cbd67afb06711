using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite.Purging;

/// <summary>The pages of a SQLite file as they lie on the disk, beside SQLite.</summary>
/// <remarks>
/// It may be closed only after every SQLite connection to the file: closing a file ends all locks that the process has on it
/// (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
/// </remarks>
internal sealed class PageFile : IDisposable
{
    /// <summary>Pages that are looked at in one go.</summary>
    public const int MaxPagesAtOnce = 64;

    private const int HeaderBytes = 100;

    // The page that has SQLite's locks has nothing else: https://sqlite.org/fileformat2.html#the_lock_byte_page
    private const long LockByte = 1 << 30;

    // A page that is none of a b-tree begins with a page's number, most significant byte first. From here on that byte could be one with which
    // b-tree pages begin: 2, for interior ones. With pages of 4 KiB that is a file of 128 GiB.
    private const long MaxPages = 2 << 24;

    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer;
    private readonly int _usable;
    private readonly bool _hasPointerMaps;

    public PageFile(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderBytes];
        RandomAccess.Read(_file, header, 0);
        PageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16)) is var size and not 1 ? size : 0x1_0000;
        _usable = PageSize - header[20];
        _hasPointerMaps = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(52)) != 0;
        _buffer = new byte[MaxPagesAtOnce * PageSize];
    }

    /// <summary>Bytes of a page.</summary>
    public int PageSize { get; }

    /// <summary>How many pages there are. They are numbered from 1.</summary>
    /// <exception cref="StoreUnavailableException">They are so many that not all can be told apart.</exception>
    public long CountPages()
    {
        var pages = RandomAccess.GetLength(_file) / PageSize;
        return pages < MaxPages
            ? pages
            : throw new StoreUnavailableException($"Rows that were removed can be wiped out of a file of {MaxPages} pages at most, and this one has {pages}. Stop the service, and have sqlite3 do it: VACUUM.");
    }

    /// <summary>Fills the gaps of pages with zeros. Nothing else may write into the file meanwhile.</summary>
    /// <returns>How many pages had anything in them.</returns>
    public int Scrub(long first, int count)
    {
        var pages = _buffer.AsSpan(0, count * PageSize);
        var offset = (first - 1) * PageSize;
        var read = RandomAccess.Read(_file, pages, offset);
        var scrubbed = 0;
        for (var i = 0; (i + 1) * PageSize <= read; i++)
        {
            if (!IsOfTree(first + i) || PageGap.Find(pages.Slice(i * PageSize, _usable), first + i == 1 ? HeaderBytes : 0) is not { } gap)
                continue;

            var (start, length) = gap.GetOffsetAndLength(_usable);
            var zeros = pages.Slice(i * PageSize + start, length);
            zeros.Clear();
            RandomAccess.Write(_file, zeros, offset + i * PageSize + start);
            scrubbed++;
        }

        return scrubbed;
    }

    /// <summary>Returns when what was scrubbed is on the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    /// <summary>False for a page of locks, and for the maps of a file with <c>auto_vacuum</c>, which an operator may have turned on.</summary>
    private bool IsOfTree(long page) =>
        page != LockByte / PageSize + 1 && !(_hasPointerMaps && page > 1 && (page - 2) % (_usable / 5 + 1) == 0);
}
