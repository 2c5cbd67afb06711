using System.Buffers.Binary;

namespace TelemetryFunctions.Standalone.Sqlite.Purging;

/// <summary>The gap of a b-tree page, between the pointers to its cells and the first of these.</summary>
/// <remarks>
/// SQLite never reads it, but leaves in it what it moved to other pages when it split this one, also with <c>secure_delete</c>. All else that is not
/// in use that setting fills with zeros. Source of the layout: https://sqlite.org/fileformat2.html#b_tree_pages
/// </remarks>
internal static class PageGap
{
    private const byte InteriorIndex = 2;
    private const byte InteriorTable = 5;
    private const byte LeafIndex = 10;
    private const byte LeafTable = 13;

    /// <summary>The bytes of the gap from the first to the last that is not zero, or null where there are none.</summary>
    /// <param name="page">A page without its reserved bytes. What is no b-tree page in order has no gap.</param>
    /// <param name="header">Where the page's header begins: 0, or behind the file's own on the first page.</param>
    public static Range? Find(ReadOnlySpan<byte> page, int header)
    {
        var pointers = header + page[header] switch
        {
            InteriorIndex or InteriorTable => 12,
            LeafIndex or LeafTable => 8,
            _ => page.Length,
        };
        if (pointers >= page.Length)
            return null;

        var cells = BinaryPrimitives.ReadUInt16BigEndian(page[(header + 3)..]);
        var start = pointers + 2 * cells;
        var end = BinaryPrimitives.ReadUInt16BigEndian(page[(header + 5)..]) is var content and not 0 ? content : 0x1_0000;
        if (start > end || end > page.Length || !AreIn(page[end..], end, page[pointers..start]))
            return null;

        var gap = page[start..end];
        var first = gap.IndexOfAnyExcept((byte)0);
        return first < 0 ? null : new Range(start + first, start + gap.LastIndexOfAnyExcept((byte)0) + 1);
    }

    /// <summary>True where every cell is where the page says that cells begin, so that none can be in the gap.</summary>
    private static bool AreIn(ReadOnlySpan<byte> content, int at, ReadOnlySpan<byte> pointers)
    {
        for (; pointers.Length > 0; pointers = pointers[2..])
        {
            var pointer = BinaryPrimitives.ReadUInt16BigEndian(pointers);
            if (pointer < at || pointer >= at + content.Length)
                return false;
        }

        return true;
    }
}
