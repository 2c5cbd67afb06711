using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Benchmarks.Limits;

/// <summary>
/// The least that a service on Kestrel does: it answers <c>/health</c> at once, reads the body of a POST, and serves bytes that it has in memory.
/// </summary>
internal static class BareServer
{
    private const string Accepted = """{"status":"accepted"}""";

    /// <summary>Serves until it is ended.</summary>
    /// <param name="url">Where it listens.</param>
    /// <param name="files">What it serves at <c>/0</c>, <c>/1</c> and so on, as <see cref="Serve"/> is told.</param>
    public static async Task RunAsync(string url, string[] files)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        var bodies = files.Select(Serve).ToArray();
        app.Run(context => context.Request switch
        {
            { Method: "POST" } => ReadBodyAsync(context),
            { Path.Value: "/health" } => context.Response.WriteAsync("ok"),
            var request => bodies[request.Path.Value![1] - '0'](context),
        });
        await app.RunAsync(url);
    }

    private static async Task ReadBodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(Accepted);
    }

    /// <summary>A file whose first two lines are its type and its coding; the rest is the body.</summary>
    private static RequestDelegate Serve(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var (first, second) = (Array.IndexOf(bytes, (byte)'\n'), Array.IndexOf(bytes, (byte)'\n', Array.IndexOf(bytes, (byte)'\n') + 1));
        var (type, coding) = (System.Text.Encoding.ASCII.GetString(bytes, 0, first), System.Text.Encoding.ASCII.GetString(bytes, first + 1, second - first - 1));
        ReadOnlyMemory<byte> body = bytes.AsMemory(second + 1);
        return async context =>
        {
            context.Response.ContentType = type;
            context.Response.ContentLength = body.Length;
            if (coding.Length > 0)
                context.Response.Headers.ContentEncoding = coding;
            await context.Response.BodyWriter.WriteAsync(body);
        };
    }
}
