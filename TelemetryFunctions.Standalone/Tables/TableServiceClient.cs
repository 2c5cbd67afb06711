using Azure.Core;
using Azure.Core.Pipeline;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>A storage account's tables.</summary>
public class TableServiceClient
{
    private const string StorageScope = "https://storage.azure.com/.default";

    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <param name="connectionString">The account and its key, or <c>UseDevelopmentStorage=true</c>.</param>
    /// <param name="options">Retries, policies and transport.</param>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(StorageAccount.Parse(connectionString), options)
    {
    }

    /// <param name="endpoint">The account's table service, <c>https://{account}.table.core.windows.net/</c>.</param>
    /// <param name="tokenCredential">Who asks.</param>
    /// <param name="options">Retries, policies and transport.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(endpoint, new BearerTokenAuthenticationPolicy(tokenCredential, StorageScope), options)
    {
    }

    private TableServiceClient(StorageAccount account, TableClientOptions? options)
        : this(account.TableEndpoint, new SharedKeyPolicy(account.Name, account.Key), options)
    {
    }

    private TableServiceClient(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions? options)
    {
        options ??= new TableClientOptions();
        _version = options.VersionString;
        _pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { authentication, new PooledBodyPolicy() },
            RequestFailedDetailsParser = ErrorParser.Instance,
        });
        Uri = endpoint;
    }

    /// <summary>Where the service is.</summary>
    public virtual Uri Uri { get; }

    public virtual TableClient GetTableClient(string tableName) => new(_pipeline, Uri, _version, tableName);
}
