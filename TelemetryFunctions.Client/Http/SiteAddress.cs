namespace TelemetryFunctions.Client.Http;

/// <summary>The address of a site, which may be below a path.</summary>
internal static class SiteAddress
{
    public static bool IsOne(Uri? address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" };

    public static string Error(string name, Uri? address) =>
        $"{name} is {(address is null ? "not set" : $"\"{address.OriginalString}\"")}; it must be the address of a site, such as https://telemetry.example.org/.";

    /// <summary>The address of a path of the site.</summary>
    public static Uri Below(Uri site, string path) => new($"{site.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
}
