using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>What is to be done, as a form: what the page's buttons and the commands send.</summary>
/// <param name="Action">What.</param>
/// <param name="Selection">With which items.</param>
internal sealed record DeskForm(string Action, RelaySelection Selection)
{
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Release = "release";
    public const string Drop = "drop";

    public const string ActionField = "do";
    public const string IdField = "id";
    public const string SystemField = "system";
    public const string StateField = "state";

    private const char VersionMark = ':';

    // A page of items, and then some.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>It as a body.</summary>
    public FormUrlEncodedContent ToContent() => new(
    [
        new(ActionField, Action),
        .. Selection.Ids.Select(id => KeyValuePair.Create(IdField, NameOf(id.Key, id.Value))),
        .. Selection.System is { } system ? [KeyValuePair.Create(SystemField, system)] : (KeyValuePair<string, string>[])[],
        .. Selection.State is { } state ? [KeyValuePair.Create(StateField, NameOf(state))] : (KeyValuePair<string, string>[])[],
    ]);

    /// <summary>The form of a request.</summary>
    /// <exception cref="RequestRejectedException">It is none.</exception>
    public static async Task<DeskForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(request, MaxBytes, "Send the form of the page.", cancellation);
        var form = new FormCollection(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)));
        try
        {
            return new DeskForm(form[ActionField].ToString(), Select([.. form[IdField].OfType<string>()], form[SystemField], form[StateField]));
        }
        catch (FormatException e)
        {
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    /// <summary>The items that are named.</summary>
    /// <exception cref="FormatException">Something of it is no name; the message says what to mend.</exception>
    public static RelaySelection Select(IEnumerable<string> ids, string? system, string? state) => new(
        ids.Select(ReadId).DistinctBy(id => id.Key).ToDictionary(),
        string.IsNullOrEmpty(system) ? null : SystemId.TryParse(system, out var parsed) ? parsed.ToString() : throw new FormatException($"\"{system}\" is no system: 32 hex digits, with or without dashes."),
        string.IsNullOrEmpty(state) ? null : ReadState(state));

    public static string NameOf(RelayState state) => state.ToString().ToLowerInvariant();

    /// <summary>An item by its id, and by its ETag where only what somebody has looked at is meant, and not what may come in its place.</summary>
    public static string NameOf(RelayId id, string? etag) => etag is null ? id.ToString() : $"{id}{VersionMark}{etag}";

    private static KeyValuePair<RelayId, string?> ReadId(string text) => text.Split(VersionMark, 2) is var parts && RelayId.TryParse(parts[0], out var id)
        ? KeyValuePair.Create(id, parts.ElementAtOrDefault(1))
        : throw new FormatException($"\"{text}\" is no id of an item; \"list\" shows them.");

    private static RelayState ReadState(string text) => Array.Find(Enum.GetValues<RelayState>(), state => NameOf(state) == text) is var found && NameOf(found) == text
        ? found
        : throw new FormatException($"\"{text}\" is no state; it must be {string.Join(", ", Enum.GetValues<RelayState>().Select(NameOf))}.");
}
