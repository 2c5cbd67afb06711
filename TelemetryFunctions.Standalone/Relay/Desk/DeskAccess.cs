using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>
/// Says who may look at what leaves the house, and decide about it: who asks by the relay's socket, or has shown the key of its page. Both are in its directory.
/// Everybody else in the house may send.
/// </summary>
internal sealed class DeskAccess
{
    /// <summary>What others are told.</summary>
    public const string Closed = "This is a relay: it takes reports by POST. Its page opens with the link that \"relay page --data DIR\" prints on its machine.";

    /// <summary>The parameter of an address that carries the key.</summary>
    private const string KeyParameter = "code";

    private static readonly string[] AllAddresses = ["*", "+", "0.0.0.0", "[::]"];

    private readonly string _socket;
    private readonly string _key;
    private readonly AccessKey _accessKey;
    private readonly AccessCookie _cookie;
    private readonly IServer _server;

    /// <param name="directory">The relay's directory.</param>
    /// <param name="server">Knows where the relay listens.</param>
    /// <param name="clock">Tells when a cookie has come to its end.</param>
    /// <exception cref="StartupException">The key can't be read or made.</exception>
    public DeskAccess(string directory, IServer server, TimeProvider clock)
    {
        _socket = RelaySocket.PathOf(directory);
        _key = DeskKey.Of(directory);
        _accessKey = new AccessKey(_key);
        _cookie = new AccessCookie("relay", "/", _accessKey, clock);
        _server = server;
    }

    /// <summary>True where a request may look, and decide.</summary>
    public bool IsOpenTo(HttpRequest request) => IsBySocket(request) || _cookie.IsIn(request);

    /// <summary>True where a request comes by the relay's own socket, and not by another one, at which a proxy may listen for all.</summary>
    public bool IsBySocket(HttpRequest request)
    {
        try
        {
            return request.HttpContext.Features.Get<IConnectionSocketFeature>()?.Socket.LocalEndPoint is UnixDomainSocketEndPoint socket && socket.ToString() == _socket;
        }
        catch (ObjectDisposedException)
        {
            // Who asks has hung up.
            return false;
        }
    }

    /// <summary>Gives the cookie to who shows the key.</summary>
    /// <returns>False where a request does not.</returns>
    public bool Enters(HttpRequest request)
    {
        if (request.Query[KeyParameter] is not [{ Length: > 0 } given] || !_accessKey.IsOpenedBy(given))
            return false;
        _cookie.Give(request);
        return true;
    }

    /// <summary>The links to the page, with the key in them.</summary>
    public IEnumerable<string> Links() => _server.Features.Get<IServerAddressesFeature>()!.Addresses
        .Select(BindingAddress.Parse)
        .Where(address => !address.IsUnixPipe && !address.IsNamedPipe)
        .Select(address => $"{address.Scheme}://{(AllAddresses.Contains(address.Host) ? "localhost" : address.Host)}:{address.Port}{address.PathBase}/?{KeyParameter}={_key}");

    /// <summary>True where a page of another site has a browser send the request.</summary>
    public static bool IsOfAnotherSite(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site != "same-origin";

        // Browsers without that header say where a form comes from.
        return request.Headers.TryGetValue(HeaderNames.Origin, out var origin) && origin != $"{request.Scheme}://{request.Host}";
    }
}
