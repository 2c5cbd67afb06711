namespace TelemetryFunctions.Standalone.Tables;

/// <summary>What a connection string says: where the table service is and how to sign.</summary>
internal sealed record StorageAccount(Uri TableEndpoint, string Name, byte[] Key)
{
    // Public and the same for every emulator: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    private const string DevelopmentName = "devstoreaccount1";

    private const string DevelopmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="InvalidOperationException">The text is not made of <c>name=value;</c> pairs.</exception>
    /// <exception cref="ArgumentException">The pairs do not make an account.</exception>
    /// <exception cref="FormatException">A key or an endpoint is malformed.</exception>
    public static StorageAccount Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var settings = Split(connectionString);

        if (settings.GetValueOrDefault("UseDevelopmentStorage") == "true")
        {
            var proxy = new UriBuilder(settings.GetValueOrDefault("DevelopmentStorageProxyUri") ?? "http://127.0.0.1");
            return new(
                new Uri($"{proxy.Scheme}://{proxy.Host}:10002/{DevelopmentName}"),
                DevelopmentName,
                Convert.FromBase64String(DevelopmentKey));
        }

        if (settings.GetValueOrDefault("AccountName") is not { } name
            || settings.GetValueOrDefault("AccountKey") is not { } key)
            throw new ArgumentException("The connection string has no AccountName and AccountKey.", nameof(connectionString));

        var endpoint = settings.GetValueOrDefault("TableEndpoint")
            ?? $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.table."
               + settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return new(new Uri(endpoint), name, Convert.FromBase64String(key));
    }

    private static Dictionary<string, string> Split(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new InvalidOperationException("Connection string doesn't have value for every key.");
            settings[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }

        return settings;
    }
}
