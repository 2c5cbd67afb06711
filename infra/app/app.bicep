// The function app on Flex Consumption. It holds no key: storage, package and monitoring go by its identity.
param name string
param planName string
param location string
param tags object
param serviceName string
param identityId string
param identityClientId string
param deploymentContainerUri string
param blobServiceUri string
param queueServiceUri string
param tableServiceUri string
param applicationInsightsConnectionString string
param functionsEnvironment string
param rawRetentionDays string
param minimumAgeDays string
param minimumLabelSystems string
param acceptPrereleases string
param operationsKeySecretUri string
param relayKeySecretUri string
param maximumInstanceCount int
param instanceMemoryMB int

// Flex Consumption refuses FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION: functionAppConfig says both.
var hostSettings = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  // Without it all clients behind the platform's front end count as one client.
  ASPNETCORE_FORWARDEDHEADERS_ENABLED: 'true'
  AZURE_CLIENT_ID: identityClientId
  AZURE_FUNCTIONS_ENVIRONMENT: functionsEnvironment
  AzureWebJobsDisableHomepage: 'true'
  // No accountName: the host would prefer it to the addresses, and knows no domain but the public cloud's.
  AzureWebJobsStorage__blobServiceUri: blobServiceUri
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__queueServiceUri: queueServiceUri
  AzureWebJobsStorage__tableServiceUri: tableServiceUri
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, {
    'azd-service-name': serviceName
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
  }

  // No deployment by user name and password.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      hostSettings,
      empty(rawRetentionDays) ? {} : { Telemetry__RawRetentionDays: rawRetentionDays },
      empty(minimumAgeDays) ? {} : { Telemetry__MinimumAgeDays: minimumAgeDays },
      empty(minimumLabelSystems) ? {} : { Telemetry__MinimumLabelSystems: minimumLabelSystems },
      empty(acceptPrereleases) ? {} : { Telemetry__AcceptPrereleases: acceptPrereleases },
      // The secrets themselves are neither in the settings nor in the history of deployments.
      empty(operationsKeySecretUri) ? {} : { Telemetry__OperationsKey: '@Microsoft.KeyVault(SecretUri=${operationsKeySecretUri})' },
      empty(relayKeySecretUri) ? {} : { Telemetry__RelayKey: '@Microsoft.KeyVault(SecretUri=${relayKeySecretUri})' }
    )
  }
}

output name string = site.name
output uri string = 'https://${site.properties.defaultHostName}'
