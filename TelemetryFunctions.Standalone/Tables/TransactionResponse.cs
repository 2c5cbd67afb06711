using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>The answer to one action of a transaction, as it stands in the multipart answer.</summary>
internal sealed class TransactionResponse : Response
{
    private readonly List<HttpHeader> _headers = [];

    private TransactionResponse(int status, string reason) => (Status, ReasonPhrase) = (status, reason);

    public override int Status { get; }

    public override string ReasonPhrase { get; }

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    /// <summary>The answers in the body of a transaction's answer, in order of the actions.</summary>
    public static List<Response> ReadAll(ReadOnlySpan<byte> body)
    {
        var answers = new List<Response>();
        using var lines = new StringReader(Encoding.UTF8.GetString(body));
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
                answers.Add(ReadOne(line, lines));
        }

        return answers;
    }

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = _headers.Find(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers;

    private static TransactionResponse ReadOne(string statusLine, StringReader lines)
    {
        var words = statusLine.Split(' ', 3);
        var answer = new TransactionResponse(
            int.Parse(words[1], CultureInfo.InvariantCulture),
            words.Length > 2 ? words[2] : "");
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            answer._headers.Add(new HttpHeader(line[..colon], line[(colon + 1)..].Trim()));
        }

        // Bodies are JSON, of which no line starts with a dash.
        var content = new StringBuilder();
        while (lines.ReadLine() is { } line && !line.StartsWith("--", StringComparison.Ordinal))
            content.Append(line).Append('\n');
        answer.ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(content.ToString()));
        return answer;
    }
}
