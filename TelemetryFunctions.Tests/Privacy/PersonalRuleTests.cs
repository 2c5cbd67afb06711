using System.Text.RegularExpressions;
using TelemetryFunctions.Privacy;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Privacy;

/// <summary>What looks personal is found, and what does not is left alone.</summary>
public sealed partial class PersonalRuleTests
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly string[] Versions = Repository.Read("TelemetryFunctions.Tests", "Privacy", "versions.txt").TrimEnd('\n').Split('\n');

    /// <summary>Labels and names that sites show, none of which tells of anybody.</summary>
    public static TheoryData<string> Harmless =>
    [
        "linux", "Ubuntu 24.04.1 LTS (Noble Numbat)", "windows-server-2022-datacenter-azure-edition", "Windows 11 Pro 23H2 (build 22631.2861)", "macOS 14.2.1 Sonoma", "Debian GNU/Linux 12 (bookworm)",
        "x86_64-unknown-linux-gnu", "armv7l-unknown-linux-gnueabihf", "linux/arm64/v8", "AMD EPYC 7763 64-Core Processor", "Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", "NVIDIA GeForce RTX 4090", "Raspberry Pi 4 Model B Rev 1.5",
        "PostgreSQL 16.4", "MicrosoftSqlServer2019Enterprise", "SQLServer2022StandardEdition", "Percona XtraDB Cluster", "ASP.NET Core", "Node.js", "System.Net.Http", "Microsoft.Extensions.Logging", "socket.io", "vue.js",
        "com.example.app", "org.apache.kafka", "io.github.example.plugin", "vendor/name", "@scope/package", "pulp_rpm", "pulp-container", "std::string", "Foo::Bar::Baz", "HTML::Parser", "main.py", "config.yaml", "build.sh", "libssl.so.3",
        "archive.tar.gz", "GET /users/{id}", "/usr/lib/python3/dist-packages", "/etc/pulp/settings.py", "/var/lib/pulp", "C:\\Program Files\\Example", "~/.config", "Europe/Berlin", "en_US.UTF-8", "UTC+02:00", "12:34:56", "2026-11-18T12:34:56Z",
        "2026-11-18", "4-7", "1,204", "3.14159", "99.9 %", "1 GiB", "over 10 years", "under 1 week", "other", "unknown", "", "yes", "n/a", "C++", "C#", "naïve café", "日本語", "Русский", "🚀", "docker", "kubernetes (k3s)", "systemd 252.19-1~deb12u1",
        "deadbeef", "3b08f5c", "0x80070005", "E0001", "ERR_CONNECTION_REFUSED", "HTTP 404", "token", "password", "secret-santa", "basic", "bearer", "api-key", "user@", "@home", "a@b", "pip@23.1", "react@18.2.0", "name@v1.2.beta",
        "localhost", "localhost:8080", "0.12, 0.34", "1.5 2.5", "16:9", "::", "a::b", "50°", "5' 11\"", "GPT-4o-mini-2024-07-18", "gemini-1.5-pro-latest", "AbstractSingletonProxyFactoryBean", "ThisIsAnExtremelyLongClassNameForTests",
        "internationalization", "antidisestablishmentarianism", "home_assistant_supervised", "debian-12-bookworm-amd64-generic", "openjdk-17-jdk-headless", "php8.2-fpm", "1234567890123456", "00000000000000000000", "20231120153045", "+5", "+2.5 %", "100-200-300",
    ];

    [Fact]
    public void Every_one_of_200_planted_texts_is_found()
    {
        var random = new Random(14);
        var cases = Repository.Read("TelemetryFunctions.Tests", "Privacy", "personal.tsv").TrimEnd('\n').Split('\n').Select(line => line.Split('\t')).ToList();
        var missed = cases
            .Select(pair => (Rule: pair[0], Text: Token().Replace(pair[1], match => Draw(random, int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)))))
            .Where(planted => PersonalRule.In(planted.Text).All(rule => rule.Name != planted.Rule))
            .Select(planted => $"{planted.Rule}: {planted.Text}");

        Assert.Equal(200, cases.Count);
        Assert.Equal(PersonalRule.All.Select(rule => rule.Name).Order(StringComparer.Ordinal), cases.Select(pair => pair[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(missed);
    }

    [Fact]
    public void No_version_of_1000_seen_in_the_wild_is_taken_for_something_else()
    {
        var flagged = Versions.SelectMany(version => PersonalRule.In(version, isVersion: true).Select(rule => $"{rule.Name}: {version}"));

        Assert.Equal(1_000, Versions.Distinct().Count());
        Assert.Empty(flagged);
    }

    /// <summary>Where nothing says that it is a version: only four numbers between dots, and hashes, are what they look like.</summary>
    [Fact]
    public void Versions_among_other_labels_are_few_that_look_like_something_else()
    {
        var flagged = Versions.SelectMany(version => PersonalRule.In(version).Select(rule => (rule.Name, version)))
            .Where(found => !(found.Name == "ip-address" && found.version.Count(character => character == '.') == 3) && !(found.Name == "random" && Hash().IsMatch(found.version)))
            .Select(found => $"{found.Name}: {found.version}");

        Assert.Empty(flagged);
    }

    [Fact]
    public void A_version_that_is_none_is_found()
    {
        foreach (var text in new[] { "192.168.1.17", "db1.corp.local", "anna@example.org", "/home/anna/app", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "00:1b:44:11:3a:b7", "2001:db8::1", "password=hunter2" })
            Assert.True(PersonalRule.In(text, isVersion: true).Any(), text);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void What_tells_of_nobody_is_left_alone(string text) => Assert.Equal([], PersonalRule.In(text).Select(rule => rule.Name));

    /// <summary>But for one of fifty, whose letters happen to lie beside one another.</summary>
    [Fact]
    public void Random_text_is_found()
    {
        var random = new Random(7);
        var missed = Enumerable.Range(0, 2_000).Count(i => !PersonalRule.In(Draw(random, 24 + (i % 20))).Any());

        Assert.InRange(missed, 0, 40);
    }

    /// <summary>What takes long for one of a few thousand characters would never end for this.</summary>
    [Theory]
    [InlineData("a@")]
    [InlineData("1.")]
    [InlineData("a.")]
    [InlineData("::")]
    [InlineData("/home/")]
    [InlineData("(1")]
    [InlineData("+1 ")]
    [InlineData("0 1")]
    [InlineData("aA0")]
    [InlineData("-----BEGIN ")]
    [InlineData("eyJ")]
    public void No_text_takes_long(string part)
    {
        foreach (var text in new[] { string.Concat(Enumerable.Repeat(part, 60_000 / part.Length)), string.Concat(Enumerable.Repeat(part, 60_000 / part.Length)) + "!" })
            Assert.NotNull(PersonalRule.In(text).ToList());
    }

    private static string Draw(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Base62[random.Next(Base62.Length)]));

    [GeneratedRegex(@"<(\d+)>")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9a-f]{16}")]
    private static partial Regex Hash();
}
