using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Reports.Schema;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>An item for people to read.</summary>
internal static class RelayContentText
{
    // What is in it is shown as text and not put into a script.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is known of it, beside what is in it. What is secret is named, and not told.</summary>
    public static IEnumerable<(string Name, string Value)> Describe(RelayContent content)
    {
        var item = content.Item;
        yield return ("id", item.Id.ToString());
        yield return ("state", DeskForm.NameOf(item.State) + (item.IsReleased ? ", released" : ""));
        if (item.Note.Length > 0)
            yield return ("note", item.Note);
        yield return ("day", item.Id.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (item.System.Length > 0)
            yield return ("system", item.System);
        yield return ("received", Time(item.ReceivedAt));
        if (item.State != RelayState.Staged)
            yield return (DeskForm.NameOf(item.State), Time(item.ChangedAt));
        yield return ("content type", item.ContentType);
        yield return ("bytes", item.Bytes.ToString(CultureInfo.InvariantCulture));
        if (Along(content.Secrets) is { Length: > 0 } along)
            yield return ("goes along", along);
    }

    /// <summary>What is in it, as text: JSON with line breaks, protobuf as JSON, and what is neither as base64.</summary>
    public static string Of(RelayContent content)
    {
        try
        {
            return content.Item.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase) || content.Item.Id.Kind == RelayKind.Installs
                ? Json(content.Body)
                : content.Item.Id.Kind == RelayKind.Events ? Protobuf(EventBatch.Parser, content.Body) : Protobuf(Report.Parser, content.Body);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException)
        {
            return Convert.ToBase64String(content.Body, Base64FormattingOptions.InsertLineBreaks);
        }
    }

    /// <summary>What is in fields that the schema does not have leaves the house as well.</summary>
    private static string Protobuf<T>(MessageParser<T> parser, byte[] body)
        where T : IMessage<T>
    {
        var message = parser.ParseFrom(body);
        var unknown = message.CalculateSize() - parser.WithDiscardUnknownFields(true).ParseFrom(body).CalculateSize();
        return Formatter.Format(message) + (unknown == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n\nand {unknown:n0} bytes in fields that are not known here; \"relay show ID --body\" has all."));
    }

    private static string Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, Indented))
                document.WriteTo(writer);
            return Encoding.UTF8.GetString(buffer.ToArray());
        }
        catch (JsonException)
        {
            // A line for each event.
            return Text(body);
        }
    }

    private static string Text(byte[] body)
    {
        try
        {
            return Utf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToBase64String(body, Base64FormattingOptions.InsertLineBreaks);
        }
    }

    private static string Along(RelaySecrets secrets) => string.Join(", ", new[]
    {
        secrets.SystemKey.Length > 0 ? "the system's key" : "",
        secrets.FunctionKey.Length > 0 ? "the function key" : "",
        secrets.UserAgent.Length > 0 ? $"the user agent {secrets.UserAgent}" : "",
    }.Where(part => part.Length > 0));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
