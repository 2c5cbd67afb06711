using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Storage;

/// <summary>
/// Writes any text as an ASCII key and back: <c>[a-z0-9._-]</c> stay, every other UTF-8 byte becomes
/// <c>=XX</c>. Text sorts in a store by its encoded form, the same in every adapter.
/// </summary>
public static class KeyCodec
{
    /// <summary>Parts keys that are made of several texts; no encoded text contains it.</summary>
    public const char Separator = '~';

    /// <summary>The highest character a key can hold: <c>prefix + Last</c> sorts behind every key with that prefix.</summary>
    public const string Last = "~~";

    private const string Hex = "0123456789ABCDEF";

    private static readonly SearchValues<char> Kept = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>The key for a text. Lone surrogates are written as U+FFFD.</summary>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Kept))
            return text;

        var key = new StringBuilder(text.Length * 3);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (Kept.Contains((char)value))
                key.Append((char)value);
            else
                key.Append('=').Append(Hex[value >> 4]).Append(Hex[value & 15]);
        }

        return key.ToString();
    }

    /// <summary>The text of a key that <see cref="Encode"/> made.</summary>
    /// <exception cref="FormatException">The key was not made by <see cref="Encode"/>.</exception>
    public static string Decode(string key) =>
        TryDecode(key, out var text) ? text : throw new FormatException($"'{key}' is not a key.");

    /// <summary>The text of a key, or false where <see cref="Encode"/> can't have made it.</summary>
    public static bool TryDecode(string key, [NotNullWhen(true)] out string? text)
    {
        text = key;
        if (!key.AsSpan().ContainsAnyExcept(Kept))
            return true;

        var bytes = new byte[key.Length];
        var length = 0;
        for (var i = 0; i < key.Length; i++)
        {
            if (Kept.Contains(key[i]))
                bytes[length++] = (byte)key[i];
            else if (key[i] == '=' && byte.TryParse(key.AsSpan(i + 1, Math.Min(2, key.Length - i - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length]))
                (length, i) = (length + 1, i + 2);
            else
                return false;
        }

        text = Encoding.UTF8.GetString(bytes, 0, length);
        return Encode(text) == key;
    }
}
