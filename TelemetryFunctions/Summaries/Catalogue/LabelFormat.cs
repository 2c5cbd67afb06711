using System.Globalization;
using Google.Protobuf.Reflection;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>How a value is written as a label.</summary>
/// <param name="Name">The format's name in the catalogue.</param>
/// <param name="Write">Writes a value of the field.</param>
/// <param name="Fits">True for fields whose values it can write.</param>
public sealed record LabelFormat(string Name, Func<object, string> Write, Predicate<FieldDescriptor> Fits)
{
    /// <summary>The value as it is.</summary>
    public static readonly LabelFormat Plain = new("plain", WritePlain, _ => true) { FitsProperty = true };

    /// <summary>libpq's server version number, written as PostgreSQL writes its versions.</summary>
    public static readonly LabelFormat LibpqVersion =
        new("libpq-version", value => WriteLibpq((uint)value), field => field.FieldType is FieldType.UInt32 or FieldType.Fixed32);

    /// <summary>A number as its bucket of a histogram, <c>4-7</c>; anything else as it is.</summary>
    public static readonly LabelFormat Bucket = new(
        "bucket",
        value => Number(value) is >= 0 and var number ? DoublingBuckets.Labels[DoublingBuckets.Of(number)] : WritePlain(value),
        field => field.FieldType is FieldType.UInt32 or FieldType.Fixed32)
    {
        FitsProperty = true,
    };

    public static IReadOnlyList<LabelFormat> All { get; } = [Plain, LibpqVersion, Bucket];

    /// <summary>True where it can write a property, whatever that turns out to be.</summary>
    public bool FitsProperty { get; init; }

    private static double Number(object value) => value switch { uint number => number, double number => number, _ => double.NaN };

    private static string WritePlain(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "yes" : "no",
        Enum member => WriteMember(member),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>The member's name in the proto file; the number of one that this version does not know.</summary>
    private static string WriteMember(Enum member)
    {
        var field = member.GetType().GetField(member.ToString());
        return field?.GetCustomAttributes(typeof(OriginalNameAttribute), false) is [OriginalNameAttribute original]
            ? original.Name
            : member.ToString("d");
    }

    /// <remarks>Two parts since version 10: https://www.postgresql.org/docs/current/libpq-status.html#LIBPQ-PQSERVERVERSION</remarks>
    private static string WriteLibpq(uint number) => number switch
    {
        0 => "Unknown",
        >= 10_00_00 => string.Create(CultureInfo.InvariantCulture, $"{number / 10_000}.{number % 10_000}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number / 10_000}.{number / 100 % 100}.{number % 100}"),
    };
}
