namespace TelemetryFunctions.Tests.Deployment;

[Collection(InfraCollection.Name)]
public sealed class InfraTests(InfraFixture infra)
{
    private const string Identity = "Microsoft.ManagedIdentity/userAssignedIdentities";
    private const string Insights = "Microsoft.Insights/components";
    private const string Plan = "Microsoft.Web/serverfarms";
    private const string Site = "Microsoft.Web/sites";
    private const string Storage = "Microsoft.Storage/storageAccounts";

    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string MetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";

    [BicepFact]
    public void The_app_is_a_dotnet_10_isolated_worker_on_Flex_Consumption()
    {
        var site = infra.Production;

        Assert.Equal("FC1", site.Value(Plan, "sku.name"));
        Assert.Equal("dotnet-isolated", site.Value(Site, "properties.functionAppConfig.runtime.name"));
        Assert.Equal("10.0", site.Value(Site, "properties.functionAppConfig.runtime.version"));
    }

    [BicepFact]
    public void Nothing_is_served_or_stored_over_plain_http_or_old_TLS()
    {
        var site = infra.Production;

        Assert.Equal("True", site.Value(Site, "properties.httpsOnly"));
        Assert.Equal("1.2", site.Value(Site, "properties.siteConfig.minTlsVersion"));
        Assert.Equal("True", site.Value(Storage, "properties.supportsHttpsTrafficOnly"));
        Assert.Equal("TLS1_2", site.Value(Storage, "properties.minimumTlsVersion"));
    }

    [BicepFact]
    public void No_account_key_works_and_none_is_in_the_settings()
    {
        var site = infra.Production;

        Assert.Equal("False", site.Value(Storage, "properties.allowSharedKeyAccess"));
        Assert.Equal("False", site.Value(Storage, "properties.allowBlobPublicAccess"));
        Assert.Equal("True", site.Value(Insights, "properties.DisableLocalAuth"));
        Assert.Equal("False", site.Value(Site + "/basicPublishingCredentialsPolicies", "properties.allow"));
        Assert.DoesNotContain("AzureWebJobsStorage", site.Settings.Keys);
        Assert.DoesNotContain(site.Settings.Values, value => value.Contains("key", StringComparison.OrdinalIgnoreCase));
    }

    [BicepFact]
    public void The_package_is_read_by_the_app_s_identity_from_a_private_container_that_is_made()
    {
        var site = infra.Production;

        const string source = "properties.functionAppConfig.deployment.storage.";
        const string container = Storage + "/blobServices/containers";
        var identities = site.Only(Site).GetProperty("identity").GetProperty("userAssignedIdentities");
        var identity = Assert.Single(identities.EnumerateObject()).Name;
        Assert.Equal("UserAssignedIdentity", site.Value(Site, source + "authentication.type"));
        Assert.Equal(identity, site.Value(Site, source + "authentication.userAssignedIdentityResourceId"));
        Assert.Equal("None", site.Value(container, "properties.publicAccess"));
        Assert.Equal(
            $"[format('{{0}}{{1}}', {site.Reference(Storage, "primaryEndpoints.blob")}, '{site.Value(container, "name").Split('/')[^1]}')]",
            site.Value(Site, source + "value"));
    }

    [BicepFact]
    public void The_identity_may_use_the_blobs_the_tables_and_the_metrics_and_nothing_else()
    {
        var site = infra.Production;

        var granted = site.Of("Microsoft.Authorization/roleAssignments").Select(assignment =>
        {
            var scope = assignment.GetProperty("id").GetString()!.Split('\'')[1];
            var properties = assignment.GetProperty("properties");
            var role = properties.GetProperty("roleDefinitionId").GetString()!.Split('/')[^1];
            return (scope, role, properties.GetProperty("principalId").GetString());
        });

        var account = site.Value(Storage, "id");
        var principal = $"[{site.Reference(Identity, "principalId")}]";
        Assert.Equal(
            [
                (account, BlobDataOwner, principal),
                (account, TableDataContributor, principal),
                (site.Value(Insights, "id"), MetricsPublisher, principal),
            ],
            granted.ToHashSet());
    }

    [BicepFact]
    public void The_table_service_is_enabled_and_host_and_app_reach_the_account_by_identity()
    {
        var site = infra.Production;

        var identity = site.Reference(Identity, "clientId");
        var settings = site.Settings;
        Assert.Single(site.Of(Storage + "/tableServices"));
        Assert.All(["blob", "queue", "table"], service => Assert.Equal(
            $"[{site.Reference(Storage, $"primaryEndpoints.{service}")}]", settings[$"AzureWebJobsStorage__{service}ServiceUri"]));
        Assert.DoesNotContain("AzureWebJobsStorage__accountName", settings.Keys);
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Equal($"[{identity}]", settings["AzureWebJobsStorage__clientId"]);
        Assert.Equal($"[{identity}]", settings["AZURE_CLIENT_ID"]);
        Assert.Equal(
            $"[format('ClientId={{0}};Authorization=AAD', {identity})]", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        Assert.Equal("true", settings["AzureWebJobsDisableHomepage"]);
    }

    [BicepFact]
    public void Clients_are_told_apart_behind_the_platform_s_front_end()
    {
        const string setting = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

        Assert.Equal("true", infra.Production.Settings[setting]);
        Assert.Contains($"\"{setting}\": \"true\"", Repository.Read("local.settings.sample.json"), StringComparison.Ordinal);
    }

    [BicepFact]
    public void Settings_that_Flex_Consumption_refuses_are_not_written()
    {
        var names = infra.Production.Settings.Keys;

        Assert.DoesNotContain("FUNCTIONS_WORKER_RUNTIME", names);
        Assert.DoesNotContain("FUNCTIONS_EXTENSION_VERSION", names);
        Assert.DoesNotContain(names, name => name.StartsWith("WEBSITE_", StringComparison.Ordinal));
    }

    [BicepFact]
    public void A_production_site_leaves_the_app_s_own_defaults_alone()
    {
        var settings = infra.Production.Settings;

        Assert.Equal("Production", settings["AZURE_FUNCTIONS_ENVIRONMENT"]);
        Assert.DoesNotContain(settings.Keys, name => name.StartsWith("Telemetry__", StringComparison.Ordinal));
    }

    [BicepFact]
    public void A_second_environment_has_its_own_names_and_its_own_settings()
    {
        var development = infra.Development;

        Assert.NotEmpty(Names(infra.Production));
        Assert.Empty(Names(infra.Production).Intersect(Names(development)));
        var settings = development.Settings;
        Assert.Equal("Development", settings["AZURE_FUNCTIONS_ENVIRONMENT"]);
        Assert.Equal("true", settings["Telemetry__AcceptPrereleases"]);
        Assert.Equal("@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/operations)", settings["Telemetry__OperationsKey"]);
        Assert.Equal("@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/relay)", settings["Telemetry__RelayKey"]);
        Assert.Equal("0", settings["Telemetry__MinimumAgeDays"]);
        Assert.Equal("1", settings["Telemetry__MinimumLabelSystems"]);
        Assert.Equal("14", settings["Telemetry__RawRetentionDays"]);
        const string scale = "properties.functionAppConfig.scaleAndConcurrency.";
        Assert.Equal("2", development.Value(Site, scale + "maximumInstanceCount"));
        Assert.Equal("512", development.Value(Site, scale + "instanceMemoryMB"));
        Assert.Equal("Standard_ZRS", development.Value(Storage, "sku.name"));

        static IEnumerable<string> Names(DeployedSite site) =>
            site.Tagged.Select(resource => resource.GetProperty("name").GetString()!);
    }

    [BicepFact]
    public void Names_keep_to_Azure_s_limits_for_the_longest_environment_name()
    {
        var site = infra.Development;

        Assert.Matches("^[a-z0-9]{3,24}$", site.Value(Storage, "name"));
        Assert.Matches("^[a-z0-9-]{2,43}$", site.Value(Site, "name"));
        Assert.Matches("^[a-z0-9-]{1,90}$", site.Value("Microsoft.Resources/resourceGroups", "name"));
    }

    [BicepFact]
    public void Azd_finds_the_environment_and_the_service_by_their_tags()
    {
        var site = infra.Production;

        Assert.All(site.Tagged, resource => Assert.Equal(
            "production", resource.GetProperty("tags").GetProperty("azd-env-name").GetString()));
        var service = site.Value(Site, "tags.azd-service-name");
        Assert.Contains($"\n  {service}:\n", Repository.Read("azure.yaml"), StringComparison.Ordinal);
        Assert.True(site.HasOutput($"SERVICE_{service.ToUpperInvariant()}_URI"));
    }

    [BicepFact]
    public async Task A_value_that_a_parameter_does_not_allow_is_refused_before_anything_is_sent()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => infra.DeployAsync(
            "AZURE_ENV_NAME=x", "AZURE_LOCATION=northeurope", "TELEMETRY_ENVIRONMENT=Staging"));

        Assert.Contains("the provided value is of type \"'Staging'\"", error.Message, StringComparison.Ordinal);
    }
}
