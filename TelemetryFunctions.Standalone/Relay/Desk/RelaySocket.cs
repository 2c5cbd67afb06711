using System.Net.Sockets;
using System.Text;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>
/// The socket in a relay's directory at which commands reach it while it runs: who may write there may decide what leaves the house, and nobody else can connect.
/// </summary>
internal static class RelaySocket
{
    // Bytes that the address of such a socket has room for on Linux and macOS.
    private const int MaxPath = 100;

    private const string Name = "relay.sock";

    // Addresses to listen on are separated by the one, and their ports by the other.
    private static readonly char[] NotInPath = OperatingSystem.IsWindows() ? [';'] : [';', ':'];

    public static string PathOf(string directory) => Path.Combine(Path.GetFullPath(directory), Name);

    /// <summary>The socket as an address to listen on.</summary>
    /// <exception cref="StartupException">The directory's path is too long, or has a character that an address can't have.</exception>
    public static string AddressOf(string directory)
    {
        var path = PathOf(directory);
        if (path.IndexOfAny(NotInPath) is >= 0 and var at)
            throw new StartupException($"--data is \"{directory}\", and there can be no socket in a path with \"{path[at]}\"; name one without it.");
        return Encoding.UTF8.GetByteCount(path) <= MaxPath ? $"http://unix:{path}" : throw new StartupException(
            $"--data is \"{directory}\", whose path is too long for a socket in it; name one of at most {MaxPath - Name.Length} bytes.");
    }

    /// <summary>Removes the socket that a killed relay has left.</summary>
    public static void RemoveStale(string directory) => File.Delete(PathOf(directory));

    /// <summary>A client of the relay that runs on a directory.</summary>
    public static HttpClient CreateClient(string directory) => CreateClientAt(PathOf(directory));

    /// <summary>A client of who listens at a socket.</summary>
    public static HttpClient CreateClientAt(string path) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://localhost/"),

        // Whoever has many items dropped waits until they are.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
