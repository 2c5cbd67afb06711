namespace TelemetryFunctions.Tests.Browser;

/// <summary>Names that do harm where they are not shown as text.</summary>
internal static class HostileLabels
{
    public const string Script = "<script>document.title='run'</script>";
    public const string Image = "<img src=x onerror=alert(1)>";
    public const string Bidi = "\u202Egnp.exe\u2066";
    public const string Nul = "a\0b";
    public const string Path = "a/../..//~b";
    public const string Version = "<b>1</b>";

    public static object Report { get; } = new
    {
        systemId = "6f9c3a52-8f0e-4d6c-9a51-2b7d4e1c0f33",
        components = new[]
        {
            new { name = Script, version = "1.2.3" },
            new { name = Image, version = "\"><i>" },
            new { name = Bidi, version = "\u202E1.2" },
            new { name = Nul, version = "1.0" },
            new { name = Path, version = "1.0" },
            new { name = "core", version = Version },
        },
    };
}
