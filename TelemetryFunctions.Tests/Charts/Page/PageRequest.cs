using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TelemetryFunctions.Tests.Charts.Page;

/// <summary>Runs a result as a host would and keeps what it wrote.</summary>
internal sealed class PageRequest
{
    private readonly DefaultHttpContext _context = new()
    {
        RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
    };

    public PageRequest(string method = "GET", string? acceptEncoding = null, string? ifNoneMatch = null)
    {
        _context.Request.Method = method;
        if (acceptEncoding is not null)
            _context.Request.Headers.AcceptEncoding = acceptEncoding;
        if (ifNoneMatch is not null)
            _context.Request.Headers.IfNoneMatch = ifNoneMatch;
    }

    public async Task<(int Status, IHeaderDictionary Headers, byte[] Body)> RunAsync(Func<HttpRequest, IResult> respond)
    {
        using var body = new MemoryStream();
        _context.Response.Body = body;
        await respond(_context.Request).ExecuteAsync(_context);
        return (_context.Response.StatusCode, _context.Response.Headers, body.ToArray());
    }
}
