using System.Net.Sockets;
using TelemetryFunctions.Tests.Worker.Messages;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>What the host and a new worker say to each other before the first run.</summary>
internal static class WorkerHandshake
{
    private const string HostVersion = "4.1037.0.0";

    private static readonly TimeSpan BetweenConnects = TimeSpan.FromMilliseconds(20);

    public static async Task<WorkerInitResponse> InitializeAsync(this WorkerChannel channel, string appDirectory)
    {
        await channel.ConnectedAsync();
        var answer = await channel.AskAsync(new()
        {
            WorkerInitRequest = new()
            {
                HostVersion = HostVersion,
                WorkerDirectory = appDirectory,
                FunctionAppDirectory = appDirectory,
                Capabilities = { ["MultiStream"] = "10" },
            },
        });
        answer.WorkerInitResponse.Result.EnsureSuccess("start");
        return answer.WorkerInitResponse;
    }

    /// <summary>A function that can't be loaded is an error here; the real host goes on and fails the function's runs.</summary>
    public static async Task<IReadOnlyList<HostedFunction>> LoadFunctionsAsync(this WorkerChannel channel, string appDirectory)
    {
        var answer = await channel.AskAsync(new()
        {
            FunctionsMetadataRequest = new() { FunctionAppDirectory = appDirectory },
        });
        answer.FunctionMetadataResponse.Result.EnsureSuccess("list its functions");
        foreach (var metadata in answer.FunctionMetadataResponse.FunctionMetadataResults)
        {
            var loaded = await channel.AskAsync(new() { FunctionLoadRequest = LoadRequest(metadata) });
            loaded.FunctionLoadResponse.Result.EnsureSuccess($"load {metadata.Name}");
        }

        return [.. answer.FunctionMetadataResponse.FunctionMetadataResults.Select(HostedFunction.From)];
    }

    /// <summary>
    /// The worker's stream is up before its web server is. The real host tries the first requests again; a worker that
    /// is told to end before its web server has started crashes instead, so here it counts as started only afterwards.
    /// </summary>
    public static async Task WaitUntilListeningAsync(this WorkerChannel channel, Uri workerAddress)
    {
        while (true)
        {
            channel.ThrowIfFailed();
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(workerAddress.Host, workerAddress.Port);
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused)
            {
                await Task.Delay(BetweenConnects);
            }
        }
    }

    private static FunctionLoadRequest LoadRequest(RpcFunctionMetadata metadata)
    {
        var request = new FunctionLoadRequest()
        {
            FunctionId = metadata.FunctionId,
            Metadata = new()
            {
                Name = metadata.Name,
                Directory = metadata.Directory,
                ScriptFile = metadata.ScriptFile,
                EntryPoint = metadata.EntryPoint,
                Properties = { metadata.Properties },
            },
        };

        foreach (var binding in metadata.RawBindings.Select(FunctionBinding.Parse))
        {
            request.Metadata.Bindings[binding.Name] = new()
            {
                Type = binding.Type,
                Direction = Enum.Parse<BindingInfo.Types.Direction>(binding.Direction, ignoreCase: true),
            };
        }

        return request;
    }

    private static void EnsureSuccess(this StatusResult result, string action)
    {
        if (result.Status is not StatusResult.Types.Status.Success)
        {
            throw new WorkerFailedException($"The worker could not {action}: {result.Exception?.Message ?? result.Result}");
        }
    }
}
