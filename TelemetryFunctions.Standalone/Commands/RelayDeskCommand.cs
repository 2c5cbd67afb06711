using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>
/// <c>relay pause</c>, <c>resume</c>, <c>release</c> and <c>drop</c>: asked of the relay where it runs, else done with what it has left. The exit code is 0 where
/// something was done, 1 where there was nothing to do it with.
/// </summary>
internal static class RelayDeskCommand
{
    public static Command Create(string action, string description)
    {
        var command = new Command(action, description) { SettingArguments.Settings };
        command.SetAction((arguments, cancellation) => RunAsync(arguments, new DeskForm(action, RelaySelection.Everything), cancellation));
        return command;
    }

    public static Command CreateOfItems(string action, string description)
    {
        var command = new Command(action, description) { RelayArguments.Words, SettingArguments.Settings, RelayArguments.System, RelayArguments.State };
        command.SetAction((arguments, cancellation) =>
        {
            var selection = SelectionOf(arguments, RelayArguments.IdsOf(arguments));
            return RunAsync(arguments, new DeskForm(action, action == DeskForm.Release && selection.IsEverything ? RelaySelection.Staged : selection), cancellation);
        });
        return command;
    }

    /// <exception cref="UsageException">Something of it is no name.</exception>
    internal static RelaySelection SelectionOf(ParseResult arguments, IReadOnlyList<string> ids)
    {
        try
        {
            return DeskForm.Select(ids, arguments.GetValue(RelayArguments.System), arguments.GetValue(RelayArguments.State));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{e.Message} See --help.");
        }
    }

    private static async Task<int> RunAsync(ParseResult arguments, DeskForm form, CancellationToken cancellation)
    {
        var directory = RelayArguments.DirectoryOf(arguments);
        RelayDirectory.ThrowIfNone(directory);
        using var request = new HttpRequestMessage(HttpMethod.Post, "relay") { Content = form.ToContent() };
        var answer = await AskAsync(directory, request, cancellation) ?? await DoAsync(directory, form, cancellation);
        await (answer.IsDone ? arguments.InvocationConfiguration.Output : arguments.InvocationConfiguration.Error).WriteLineAsync(answer.Text);
        return answer.IsDone ? 0 : 1;
    }

    /// <returns>What the relay that runs says; null where none does.</returns>
    /// <exception cref="StartupException">It can't do it now, or is out of reach.</exception>
    internal static async Task<DeskAnswer?> AskAsync(string directory, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var client = RelaySocket.CreateClient(directory);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
                return new DeskAnswer(response.IsSuccessStatusCode, text);

            using var problem = JsonDocument.Parse(text);
            throw new StartupException(problem.RootElement.GetProperty("detail").GetString()!);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied })
        {
            throw new StartupException($"{RelaySocket.PathOf(directory)} can't be written: run this as the user whom the relay runs as.", e);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            return null;
        }
        catch (HttpRequestException e)
        {
            throw new StartupException($"The relay did not answer to the end ({e.Message.TrimEnd('.')}): look with \"relay list\" at what was done.", e);
        }
    }

    private static async Task<DeskAnswer> DoAsync(string directory, DeskForm form, CancellationToken cancellation)
    {
        await using var store = RelayDirectory.OpenStore(directory);
        await store.InitializeAsync(cancellation);
        var desk = new RelayDesk(new RelayStore(store, TimeProvider.System), new RelaySwitch(store), TimeProvider.System);
        var answer = await desk.DoAsync(form, cancellation);
        return form.Action == DeskForm.Release && answer.IsDone ? answer with { Text = $"{answer.Text} The relay does not run; it sends when it is started." } : answer;
    }
}
