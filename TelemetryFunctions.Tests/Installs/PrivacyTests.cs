using System.Net;
using System.Security.Cryptography;
using System.Text;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class PrivacyTests
{
    private const string Address = "203.0.113.77";
    private const string UserAgent = "Composer/2.5.5 (Linux; secret-kernel-0815; PHP 8.2.77; cURL 7.88.99; Platform-PHP 8.1.66; CI)";

    [Fact]
    public async Task Neither_address_nor_user_agent_is_in_any_table_or_log_line()
    {
        await using var app = await InstallApp.StartAsync(null, "Standalone:TrustedProxies=127.0.0.1");
        app.Client.DefaultRequestHeaders.UserAgent.Clear();
        app.Client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        app.Client.DefaultRequestHeaders.Add("X-Forwarded-For", Address);

        await app.NotifyAsync(new Download("wp-plugin/akismet", "5.0.0.0"));
        await app.PostAsync("nonsense");
        var during = await app.DumpAsync();
        await app.RollUpAfterAsync(TimeSpan.FromHours(1));
        var after = await app.DumpAsync();

        // What is looked for can be found: the install itself is there, in tables and log.
        Assert.Contains("wp-plugin/akismet", during, StringComparison.Ordinal);
        Assert.Contains("Ci=1 Platform=Linux Php=8.2\n", during, StringComparison.Ordinal);
        Assert.Contains("PACKAGES", after, StringComparison.Ordinal);
        Assert.Contains(app.Log, line => line.Contains("is done: 1 rows", StringComparison.Ordinal));
        var text = during + after + string.Join('\n', app.Log);
        foreach (var secret in Forms(Encoding.UTF8.GetBytes(Address)).Concat(Forms(IPAddress.Parse(Address).GetAddressBytes()))
            .Concat(Forms(Encoding.UTF8.GetBytes(UserAgent))).Concat(["secret-kernel", "8.2.77", "7.88.99", "8.1.66"]))
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_address_is_that_of_a_trusted_proxy_s_client_and_of_nobody_else_s()
    {
        await using var trusting = await InstallApp.StartAsync(null, "Standalone:TrustedProxies=127.0.0.1");
        await using var distrusting = await InstallApp.StartAsync();
        Assert.Equal(3, await CountAsync(trusting));
        Assert.Equal(1, await CountAsync(distrusting));

        static async Task<int> CountAsync(InstallApp app)
        {
            foreach (var address in new[] { "203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.1" })
            {
                app.Client.DefaultRequestHeaders.Remove("X-Forwarded-For");
                app.Client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
                await app.NotifyAsync(new Download("a/b", "1"));
            }

            return (await app.DumpAsync()).Split('\n').Count(line => line.StartsWith("INSTALLS ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task After_its_day_nothing_of_the_salt_is_in_the_files()
    {
        await using var app = await InstallApp.StartAsync();
        await app.NotifyAsync(new Download("a/b", "1"));
        var salt = Convert.FromHexString((await app.DumpAsync()).Split('\n')
            .Single(line => line.StartsWith("SALTS ", StringComparison.Ordinal)).Split("Salt=")[1].Split('|')[0]);
        Assert.True(FilesContain(app, salt));

        await app.RollUpAfterAsync(TimeSpan.FromHours(6));
        Assert.True(FilesContain(app, salt));

        await app.RollUpAfterAsync(TimeSpan.FromHours(6));
        Assert.False(FilesContain(app, salt));
        Assert.DoesNotContain("SALTS", await app.DumpAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Forms(byte[] secret) =>
    [
        Encoding.Latin1.GetString(secret),
        Convert.ToHexString(secret),
        Convert.ToBase64String(secret),
        Convert.ToHexString(SHA256.HashData(secret)),
    ];

    private static bool FilesContain(InstallApp app, byte[] bytes) => app.Directory.EnumerateFiles("telemetry.db*").Where(file => file.Extension != ".lock").Any(file =>
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray().AsSpan().IndexOf(bytes) >= 0;
    });
}
