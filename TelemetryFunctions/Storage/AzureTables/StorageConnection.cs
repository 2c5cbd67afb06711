using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>
/// How to reach the storage account that <c>AzureWebJobsStorage</c> names, in each of the forms that Azure Functions takes: a
/// connection string, or an account or service address with an identity.
/// </summary>
/// <remarks>Source: https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity</remarks>
public abstract class StorageConnection
{
    /// <summary>The setting; those of an identity stand below it.</summary>
    public const string Setting = "AzureWebJobsStorage";

    private const string AccountName = "accountName";
    private const string TableServiceUri = "tableServiceUri";

    /// <summary>True where the settings name an account, usable or not.</summary>
    public static bool IsConfigured(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        return !string.IsNullOrWhiteSpace(section.Value) || section.GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value));
    }

    /// <exception cref="StartupException">The settings name no account, or one that can't be used.</exception>
    public static StorageConnection Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        if (section.Value is { } text && !string.IsNullOrWhiteSpace(text))
            return ByKey.Parse(text.Trim());
        if (section[TableServiceUri] is { } uri && !string.IsNullOrWhiteSpace(uri))
            return new ByIdentity(ParseAddress(uri.Trim()), section);
        if (section[AccountName] is { } account && !string.IsNullOrWhiteSpace(account))
            return new ByIdentity(AddressOf(account.Trim()), section);

        throw new StartupException(IsConfigured(configuration)
            ? $"{Setting} names no table service; set {Setting}__{TableServiceUri} or {Setting}__{AccountName} too."
            : $"{Setting} is not set; it must name a storage account, or be UseDevelopmentStorage=true for Azurite. "
                + "To run without one: dotnet run --project TelemetryFunctions.Standalone");
    }

    /// <summary>A client with these options.</summary>
    internal abstract TableServiceClient Connect(AzureComponentFactory components, TableClientOptions options);

    private static Uri ParseAddress(string text) =>
        // A token is sent over TLS only.
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw SettingsReader.Unusable(
                $"{Setting}:{TableServiceUri}", text, "the address of a table service, such as https://ACCOUNT.table.core.windows.net");

    private static Uri AddressOf(string account) =>
        account.Length is >= 3 and <= 24 && account.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? new Uri($"https://{account}.table.core.windows.net")
            : throw SettingsReader.Unusable($"{Setting}:{AccountName}", account, "the name of a storage account, 3 to 24 lower-case letters and digits");

    private sealed class ByKey(string connectionString) : StorageConnection
    {
        public static ByKey Parse(string connectionString)
        {
            try
            {
                var address = new TableServiceClient(connectionString).Uri;
                return address.Scheme is "http" or "https"
                    ? new ByKey(connectionString)
                    : throw new FormatException("The table service's address is not http or https.");
            }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
            {
                // Neither the text, which holds the account's key, nor what the parser says of it is repeated.
                throw new StartupException(
                    $"{Setting} is not a usable connection string; it must be that of a storage account with AccountName and "
                    + "AccountKey, or UseDevelopmentStorage=true for Azurite.",
                    e);
            }
        }

        internal override TableServiceClient Connect(AzureComponentFactory components, TableClientOptions options) => new(connectionString, options);
    }

    private sealed class ByIdentity(Uri address, IConfigurationSection section) : StorageConnection
    {
        // The same factory as in the Functions host, so clientId, credential, tenantId and the like mean the same.
        internal override TableServiceClient Connect(AzureComponentFactory components, TableClientOptions options) =>
            new(address, components.CreateTokenCredential(section) ?? new DefaultAzureCredential(), options);
    }
}
