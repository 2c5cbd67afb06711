// One site: a function app, its storage account, its identity and its monitoring, in a resource group of their own.
// A production and a development site are two azd environments; docs/deploying.md shows both.
targetScope = 'subscription'

@description('Name of the azd environment; every name below is derived from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of all resources; it must offer Flex Consumption.')
@minLength(1)
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('AZURE_FUNCTIONS_ENVIRONMENT of the app. Development allows PUT / and has looser defaults.')
@allowed([
  'Production'
  'Development'
])
param functionsEnvironment string = 'Production'

// Empty means that the setting is not written, so that the app's own default for its environment holds.
@description('Telemetry__RawRetentionDays; empty for the app\'s default.')
param rawRetentionDays string = ''

@description('Telemetry__MinimumAgeDays; empty for the app\'s default.')
param minimumAgeDays string = ''

@description('Telemetry__MinimumLabelSystems; empty for the app\'s default.')
param minimumLabelSystems string = ''

@description('Telemetry__AcceptPrereleases; empty for the app\'s default.')
@allowed([
  ''
  'true'
  'false'
])
param acceptPrereleases string = ''

@description('Address of the Key Vault secret that Telemetry__OperationsKey is read from; empty for none.')
param operationsKeySecretUri string = ''

@description('Address of the Key Vault secret that Telemetry__RelayKey is read from; empty for none.')
param relayKeySecretUri string = ''

@description('Most instances the app may scale out to. It bounds the bill of an endpoint that anyone may call.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB: what a second of work is billed by.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('Redundancy of the storage account.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
])
param storageSku string = 'Standard_LRS'

var resourceToken = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${resourceToken}'
    location: location
    tags: tags
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${resourceToken}'
    location: location
    tags: tags
    sku: storageSku
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${resourceToken}'
    applicationInsightsName: 'appi-${resourceToken}'
    location: location
    tags: tags
  }
}

module roles 'app/roles.bicep' = {
  name: 'roles'
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module app 'app/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-${resourceToken}'
    planName: 'plan-${resourceToken}'
    location: location
    tags: tags
    serviceName: 'telemetry'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    deploymentContainerUri: storage.outputs.deploymentContainerUri
    blobServiceUri: storage.outputs.blobServiceUri
    queueServiceUri: storage.outputs.queueServiceUri
    tableServiceUri: storage.outputs.tableServiceUri
    applicationInsightsConnectionString: monitoring.outputs.applicationInsightsConnectionString
    functionsEnvironment: functionsEnvironment
    rawRetentionDays: rawRetentionDays
    minimumAgeDays: minimumAgeDays
    minimumLabelSystems: minimumLabelSystems
    acceptPrereleases: acceptPrereleases
    operationsKeySecretUri: operationsKeySecretUri
    relayKeySecretUri: relayKeySecretUri
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
  }
  // The app reads its package and its tables from the first second on.
  dependsOn: [
    roles
  ]
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_STORAGE_ACCOUNT string = storage.outputs.name
output SERVICE_TELEMETRY_NAME string = app.outputs.name
output SERVICE_TELEMETRY_URI string = app.outputs.uri
