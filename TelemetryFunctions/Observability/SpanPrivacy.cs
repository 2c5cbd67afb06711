using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace TelemetryFunctions.Observability;

/// <summary>
/// Takes out of a span whatever is not known to be harmless: addresses and user agents of clients, and paths, which can hold a
/// system's id. A list of what may stay, because what an instrumentation adds in its next version is on no list of what must go.
/// </summary>
/// <remarks>Source of the names: https://opentelemetry.io/docs/specs/semconv/http/http-spans/</remarks>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        "error.type",
        "faas.invocation_id",
        "faas.name",
        "faas.trigger",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "network.protocol.name",
        "network.protocol.version",
        "server.port",
        "url.scheme");

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects)
        {
            if (!Harmless.Contains(name))
                data.SetTag(name, null);
        }
    }
}
