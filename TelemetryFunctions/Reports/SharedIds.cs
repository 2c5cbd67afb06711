using System.Collections.Frozen;
using System.Numerics;

namespace TelemetryFunctions.Reports;

/// <summary>Ids that nobody made for a system: what many write who need one for a moment. Systems that share an id count as one.</summary>
internal static class SharedIds
{
    // Of 16 digits, 32 random ones have so few in one of 300,000,000,000 ids; nil, all-one, ...-000000000001 and aaaaaaaa-bbbb-... always.
    private const int MostOfFewDigits = 5;

    /// <summary>Ids that specifications and tools give as examples.</summary>
    private static readonly FrozenSet<string> Examples = FrozenSet.Create(
        StringComparer.Ordinal,

        // RFC 9562 and RFC 4122: the text, the name spaces, and the test vectors.
        "f81d4fae7dec11d0a76500a0c91e6bf6",
        "6ba7b8109dad11d180b400c04fd430c8",
        "6ba7b8119dad11d180b400c04fd430c8",
        "6ba7b8129dad11d180b400c04fd430c8",
        "6ba7b8149dad11d180b400c04fd430c8",
        "c232ab00941411ecb3c89f6bdeced846",
        "5df418813aed351588a72f4a814cf09e",
        "919108f752d143209bacf847db4148a8",
        "2ed6657de927568b95e12665a8aea6a2",
        "1ec9414c232a6b00b3c89f6bdeced846",
        "017f22e279b07cc398c4dc0c0c07398f",
        "2489e9ad2ee28e008ec932d5f69181c0",
        "5c146b143c528afd938a375d0df1fbf6",

        // What encyclopedias and tutorials show.
        "123e4567e89b12d3a456426614174000",
        "123e4567e89b12d3a456426655440000",
        "550e8400e29b41d4a716446655440000",

        // What Swagger UI fills in where an API wants a UUID.
        "3fa85f6457174562b3fc2c963f66afa6");

    /// <summary>True for an id that many must have.</summary>
    /// <param name="digits">32 lower-case hex digits.</param>
    public static bool Has(string digits)
    {
        var (seen, counts) = (0, true);
        var before = Value(digits[0]) - 1;
        foreach (var digit in digits)
        {
            var value = Value(digit);
            seen |= 1 << value;

            // 01234567-89ab-..., 12345678-1234-1234-...: each is the next of the one before, or a count begins.
            counts &= value == before + 1 || digit is '0' or '1' or 'a';
            before = value;
        }

        return counts || BitOperations.PopCount((uint)seen) <= MostOfFewDigits || Examples.Contains(digits);
    }

    private static int Value(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;
}
