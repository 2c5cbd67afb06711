namespace TelemetryFunctions.Summaries;

/// <summary>Joins two streams that are sorted by the same key, holding one row of each.</summary>
public static class SortedMerge
{
    /// <summary>Every row of both streams, those with the same key together, in ordinal order of the keys.</summary>
    public static async IAsyncEnumerable<(TLeft? Left, TRight? Right)> JoinAsync<TLeft, TRight>(
        IAsyncEnumerable<TLeft> left, Func<TLeft, string> leftKey, IAsyncEnumerable<TRight> right, Func<TRight, string> rightKey)
        where TLeft : struct
        where TRight : struct
    {
        await using var lefts = left.GetAsyncEnumerator();
        await using var rights = right.GetAsyncEnumerator();
        var hasLeft = await lefts.MoveNextAsync();
        var hasRight = await rights.MoveNextAsync();
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : string.CompareOrdinal(leftKey(lefts.Current), rightKey(rights.Current));
            yield return (order <= 0 ? lefts.Current : null, order >= 0 ? rights.Current : null);
            if (order <= 0)
                hasLeft = await lefts.MoveNextAsync();
            if (order >= 0)
                hasRight = await rights.MoveNextAsync();
        }
    }
}
