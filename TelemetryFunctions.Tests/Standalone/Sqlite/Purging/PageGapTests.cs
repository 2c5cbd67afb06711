using System.Buffers.Binary;
using TelemetryFunctions.Standalone.Sqlite.Purging;

namespace TelemetryFunctions.Tests.Standalone.Sqlite.Purging;

/// <summary>Where a page has what SQLite does not read.</summary>
public sealed class PageGapTests
{
    private const int PageSize = 512;
    private const byte InteriorIndex = 2;
    private const byte LeafIndex = 10;

    [Theory]
    [InlineData(LeafIndex, 0, 8)]
    [InlineData(13, 0, 8)]
    [InlineData(InteriorIndex, 0, 12)]
    [InlineData(5, 0, 12)]
    [InlineData(13, 100, 8)]
    public void It_is_between_the_pointers_and_the_first_cell(byte type, int header, int headerBytes)
    {
        var page = Page(type, header, headerBytes, 480, 400);

        var end = header + headerBytes + 4;
        Assert.Equal(new Range(end, 400), PageGap.Find(page, header));
    }

    [Fact]
    public void What_is_zero_at_its_ends_is_left_alone()
    {
        var page = Page(LeafIndex, 0, 8, 400);
        page.AsSpan(10, 390).Clear();
        Assert.Null(PageGap.Find(page, 0));

        page[100] = page[150] = 1;
        Assert.Equal(new Range(100, 151), PageGap.Find(page, 0));
    }

    [Fact]
    public void A_page_that_is_full_has_none()
    {
        var page = Page(LeafIndex, 0, 8, 200, 12);

        Assert.Null(PageGap.Find(page, 0));
    }

    [Fact]
    public void A_page_without_cells_is_all_gap()
    {
        var page = Page(LeafIndex, 0, 8);
        BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(5), PageSize);

        Assert.Equal(new Range(8, PageSize), PageGap.Find(page, 0));
    }

    [Fact]
    public void The_largest_page_writes_its_length_as_0()
    {
        var page = new byte[0x1_0000];
        page[0] = LeafIndex;
        page[9_000] = 1;

        Assert.Equal(new Range(9_000, 9_001), PageGap.Find(page, 0));
    }

    /// <summary>Pages of other kinds, or of b-trees and damaged: whatever they hold may be in use.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 0x01)]
    [InlineData(0, 0, 0xAA)]
    [InlineData(3, 2, 0x0F)]
    [InlineData(5, 2, 0x0001)]
    [InlineData(5, 2, PageSize + 1)]
    [InlineData(8, 2, 399)]
    [InlineData(10, 2, PageSize)]
    [InlineData(10, 2, 0)]
    public void A_page_that_is_none_of_a_tree_or_not_in_order_has_none(int at, int bytes, int value)
    {
        var page = Page(LeafIndex, 0, 8, 480, 400);
        Assert.NotNull(PageGap.Find(page, 0));

        if (bytes == 2)
            BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(at), (ushort)value);
        else
            page[at] = (byte)value;

        // With more cells than there are, pointers are read from the gap.
        Assert.Null(PageGap.Find(page, 0));
    }

    /// <summary>A page full of ones but for its header and the pointers to its cells, the last of which is the first in the page.</summary>
    private static byte[] Page(byte type, int header, int headerBytes, params ushort[] cells)
    {
        var page = new byte[PageSize];
        Array.Fill(page, (byte)1);
        var bytes = page.AsSpan(header);
        bytes[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[3..], (ushort)cells.Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[5..], cells.Length > 0 ? cells[^1] : (ushort)0);
        for (var i = 0; i < cells.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes[(headerBytes + 2 * i)..], cells[i]);
        return page;
    }
}
