namespace TelemetryFunctions.Tests.Deployment;

[Collection(BicepCollection.Name)]
public sealed class InfraTests(BicepFixture bicep)
{
    private const string Plan = "Microsoft.Web/serverfarms";
    private const string Site = "Microsoft.Web/sites";
    private const string Storage = "Microsoft.Storage/storageAccounts";

    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string MetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";

    [NodeFact]
    public async Task The_app_is_a_dotnet_10_isolated_worker_on_Flex_Consumption()
    {
        var site = await bicep.DeployProductionAsync();

        Assert.Equal("FC1", site.Value(Plan, "sku.name"));
        Assert.Equal("dotnet-isolated", site.Value(Site, "properties.functionAppConfig.runtime.name"));
        Assert.Equal("10.0", site.Value(Site, "properties.functionAppConfig.runtime.version"));
    }

    [NodeFact]
    public async Task Nothing_is_served_or_stored_over_plain_http_or_old_TLS()
    {
        var site = await bicep.DeployProductionAsync();

        Assert.Equal("True", site.Value(Site, "properties.httpsOnly"));
        Assert.Equal("1.2", site.Value(Site, "properties.siteConfig.minTlsVersion"));
        Assert.Equal("True", site.Value(Storage, "properties.supportsHttpsTrafficOnly"));
        Assert.Equal("TLS1_2", site.Value(Storage, "properties.minimumTlsVersion"));
    }

    [NodeFact]
    public async Task No_account_key_works_and_none_is_in_the_settings()
    {
        var site = await bicep.DeployProductionAsync();

        Assert.Equal("False", site.Value(Storage, "properties.allowSharedKeyAccess"));
        Assert.Equal("False", site.Value(Storage, "properties.allowBlobPublicAccess"));
        Assert.Equal("True", site.Value("Microsoft.Insights/components", "properties.DisableLocalAuth"));
        Assert.Equal("False", site.Value(Site + "/basicPublishingCredentialsPolicies", "properties.allow"));
        Assert.DoesNotContain("AzureWebJobsStorage", site.Settings.Keys);
        Assert.DoesNotContain(site.Settings.Values, value => value.Contains("key", StringComparison.OrdinalIgnoreCase));
    }

    [NodeFact]
    public async Task The_package_is_read_by_the_app_s_identity_from_a_private_container_that_is_made()
    {
        var site = await bicep.DeployProductionAsync();

        const string source = "properties.functionAppConfig.deployment.storage.";
        const string container = Storage + "/blobServices/containers";
        var identities = site.Only(Site).GetProperty("identity").GetProperty("userAssignedIdentities");
        var identity = Assert.Single(identities.EnumerateObject()).Name;
        Assert.Equal("UserAssignedIdentity", site.Value(Site, source + "authentication.type"));
        Assert.Equal(identity, site.Value(Site, source + "authentication.userAssignedIdentityResourceId"));
        Assert.Equal("None", site.Value(container, "properties.publicAccess"));
        Assert.Equal(
            "<account.properties.primaryEndpoints.blob>" + site.Value(container, "name"), site.Value(Site, source + "value"));
    }

    [NodeFact]
    public async Task The_identity_may_use_the_blobs_the_tables_and_the_metrics_and_nothing_else()
    {
        var site = await bicep.DeployProductionAsync();

        var granted = site.Of("Microsoft.Authorization/roleAssignments").Select(assignment =>
        {
            var properties = assignment.GetProperty("body").GetProperty("properties");
            var role = properties.GetProperty("roleDefinitionId").GetString()!.Split('/')[^1];
            return (assignment.GetProperty("scope").GetString(), role, properties.GetProperty("principalId").GetString());
        });

        Assert.Equal(
            [
                ("<account>", BlobDataOwner, "<identity.properties.principalId>"),
                ("<account>", TableDataContributor, "<identity.properties.principalId>"),
                ("<applicationInsights>", MetricsPublisher, "<identity.properties.principalId>"),
            ],
            granted.ToHashSet());
    }

    [NodeFact]
    public async Task The_table_service_is_enabled_and_host_and_app_reach_the_account_by_identity()
    {
        var site = await bicep.DeployProductionAsync();

        const string identity = "<identity.properties.clientId>";
        var settings = site.Settings;
        Assert.Single(site.Of(Storage + "/tableServices"));
        Assert.Equal("<account.properties.primaryEndpoints.table>", settings["AzureWebJobsStorage__tableServiceUri"]);
        Assert.Equal(site.Value(Storage, "name"), settings["AzureWebJobsStorage__accountName"]);
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Equal(identity, settings["AzureWebJobsStorage__clientId"]);
        Assert.Equal(identity, settings["AZURE_CLIENT_ID"]);
        Assert.Equal($"ClientId={identity};Authorization=AAD", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        Assert.Equal("true", settings["AzureWebJobsDisableHomepage"]);
    }

    [NodeFact]
    public async Task Settings_that_Flex_Consumption_refuses_are_not_written()
    {
        var names = (await bicep.DeployProductionAsync()).Settings.Keys;

        Assert.DoesNotContain("FUNCTIONS_WORKER_RUNTIME", names);
        Assert.DoesNotContain("FUNCTIONS_EXTENSION_VERSION", names);
        Assert.DoesNotContain(names, name => name.StartsWith("WEBSITE_", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task A_production_site_leaves_the_app_s_own_defaults_alone()
    {
        var settings = (await bicep.DeployProductionAsync()).Settings;

        Assert.Equal("Production", settings["AZURE_FUNCTIONS_ENVIRONMENT"]);
        Assert.DoesNotContain(settings.Keys, name => name.StartsWith("Telemetry__", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task A_second_environment_has_its_own_names_and_its_own_settings()
    {
        var production = await bicep.DeployProductionAsync();
        var development = await bicep.DeployAsync(
            "AZURE_ENV_NAME=development", "AZURE_LOCATION=northeurope", "TELEMETRY_ENVIRONMENT=Development",
            "TELEMETRY_ACCEPT_PRERELEASES=true", "TELEMETRY_MINIMUM_AGE_DAYS=0", "TELEMETRY_MINIMUM_LABEL_SYSTEMS=1",
            "TELEMETRY_RAW_RETENTION_DAYS=14", "TELEMETRY_MAXIMUM_INSTANCES=2", "TELEMETRY_INSTANCE_MEMORY_MB=512",
            "TELEMETRY_STORAGE_SKU=Standard_ZRS");

        Assert.NotEmpty(Names(production));
        Assert.Empty(Names(production).Intersect(Names(development)));
        var settings = development.Settings;
        Assert.Equal("Development", settings["AZURE_FUNCTIONS_ENVIRONMENT"]);
        Assert.Equal("true", settings["Telemetry__AcceptPrereleases"]);
        Assert.Equal("0", settings["Telemetry__MinimumAgeDays"]);
        Assert.Equal("1", settings["Telemetry__MinimumLabelSystems"]);
        Assert.Equal("14", settings["Telemetry__RawRetentionDays"]);
        const string scale = "properties.functionAppConfig.scaleAndConcurrency.";
        Assert.Equal("2", development.Value(Site, scale + "maximumInstanceCount"));
        Assert.Equal("512", development.Value(Site, scale + "instanceMemoryMB"));
        Assert.Equal("Standard_ZRS", development.Value(Storage, "sku.name"));

        static IEnumerable<string> Names(DeployedSite site) =>
            site.Tagged.Select(body => body.GetProperty("name").GetString()!);
    }

    [NodeFact]
    public async Task Names_keep_to_Azure_s_limits_for_the_longest_environment_name()
    {
        var site = await bicep.DeployAsync($"AZURE_ENV_NAME={new string('e', 64)}", "AZURE_LOCATION=northeurope");

        Assert.Matches("^[a-z0-9]{3,24}$", site.Value(Storage, "name"));
        Assert.Matches("^[a-z0-9-]{2,43}$", site.Value(Site, "name"));
        Assert.Matches("^[a-z0-9-]{1,90}$", site.Value("Microsoft.Resources/resourceGroups", "name"));
    }

    [NodeFact]
    public async Task Azd_finds_the_environment_and_the_service_by_their_tags()
    {
        var site = await bicep.DeployProductionAsync();

        Assert.All(site.Tagged, body => Assert.Equal(
            "production", body.GetProperty("tags").GetProperty("azd-env-name").GetString()));
        var service = site.Value(Site, "tags.azd-service-name");
        Assert.Contains($"\n  {service}:\n", Repository.Read("azure.yaml"), StringComparison.Ordinal);
        Assert.True(site.HasOutput($"SERVICE_{service.ToUpperInvariant()}_URI"));
    }

    [NodeFact]
    public async Task A_value_that_a_parameter_does_not_allow_is_refused_before_anything_is_sent()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => bicep.DeployAsync(
            "AZURE_ENV_NAME=x", "AZURE_LOCATION=northeurope", "TELEMETRY_ENVIRONMENT=Staging"));

        Assert.Contains("functionsEnvironment may not be 'Staging'", error.Message, StringComparison.Ordinal);
    }
}
