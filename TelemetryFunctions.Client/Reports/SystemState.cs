using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelemetryFunctions.Client.Reports;

/// <summary>What a system keeps for its reports.</summary>
/// <param name="Key">The secret that its id is made of. It leaves the system only to prove that a report is its own.</param>
/// <param name="FirstStart">When it was made.</param>
/// <param name="Minute">The minute of the day, in UTC, at which it reports: 0 to 1,439.</param>
/// <param name="ClaimedDay">The last day whose report a node took upon itself, whatever came of it; null before the first.</param>
public sealed record SystemState(string Key, DateTimeOffset FirstStart, int Minute, DateOnly? ClaimedDay)
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>The id under which the system reports.</summary>
    [JsonIgnore]
    public Guid SystemId => SystemKey.IdOf(Key);

    /// <summary>A new system, with a key and a minute of its own.</summary>
    /// <param name="now">Now.</param>
    public static SystemState Create(DateTimeOffset now) =>
        new(SystemKey.Create(), now, RandomNumberGenerator.GetInt32(MinutesOfDay), null);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else, or not all of it.</exception>
    public static SystemState Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SystemStateJson.Default.SystemState) is { Minute: >= 0 and < MinutesOfDay } state && SystemKey.IsOne(state.Key)
                ? state
                : throw new FormatException("It has no key, or no minute of a day.");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The state as one text, for a file or a column of a table.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SystemStateJson.Default.SystemState);

    /// <summary>Without the key, which belongs into no log.</summary>
    public override string ToString() => $"system {SystemId}, at minute {Minute}, last on {ClaimedDay:O}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SystemState))]
internal sealed partial class SystemStateJson : JsonSerializerContext;
