using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TelemetryFunctions.Http.Limits;

/// <summary>
/// Tells clients apart for an hour without keeping who they are: by a hash of their address, keyed with random bytes that are in memory only
/// and replaced on the hour.
/// </summary>
public sealed class HourlyClients(TimeProvider clock)
{
    private const int SaltBytes = 32;

    // Who has one address of IPv6 has a network of them, at least a /64 (RFC 6177): else each request could come from another client.
    private const int NetworkBytes = 8;

    private volatile Hour _hour = new(DateTimeOffset.MinValue, []);

    /// <summary>The same number for the same client within an hour.</summary>
    /// <param name="address">The client's address; those of whom the host knows none are one client.</param>
    public UInt128 KeyOf(IPAddress? address) => Hash(Network(address));

    /// <summary>The same number for the same machine of a network of one's own within an hour, where all may be in one /64.</summary>
    /// <param name="address">The machine's address.</param>
    public UInt128 KeyOfMachine(IPAddress? address) => Hash(address is { IsIPv4MappedToIPv6: false } ? address.GetAddressBytes() : Network(address));

    private UInt128 Hash(ReadOnlySpan<byte> client)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Now().Salt, client, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private static ReadOnlySpan<byte> Network(IPAddress? address) => address switch
    {
        null => [],
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().GetAddressBytes(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => address.GetAddressBytes().AsSpan(..NetworkBytes),
        _ => address.GetAddressBytes(),
    };

    private Hour Now()
    {
        while (true)
        {
            // Read before the clock is, so that none that is late takes an hour's salt from those that are there.
            var hour = _hour;
            var now = clock.GetUtcNow();
            var start = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerHour);
            if (hour.Start == start)
                return hour;

            // Of those that all begin an hour one makes its salt: with one of its own each would be another client.
            Interlocked.CompareExchange(ref _hour, new Hour(start, RandomNumberGenerator.GetBytes(SaltBytes)), hour);
        }
    }

    private sealed record Hour(DateTimeOffset Start, byte[] Salt);
}
