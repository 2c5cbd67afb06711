using System.CommandLine;
using TelemetryFunctions.Standalone.Relay;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>relay page</c>: the link that opens the page of a relay that runs.</summary>
internal static class RelayPageCommand
{
    public static Command Create()
    {
        var page = new Command("page", "Print the link that opens the relay's page in a browser.") { SettingArguments.Settings };
        page.SetAction(async (arguments, cancellation) =>
        {
            var directory = RelayArguments.DirectoryOf(arguments);
            RelayDirectory.ThrowIfNone(directory);
            using var request = new HttpRequestMessage(HttpMethod.Get, "relay");
            if (await RelayDeskCommand.AskAsync(directory, request, cancellation) is not { } answer)
                throw new StartupException("The relay does not run; its page is there while it does.");

            await arguments.InvocationConfiguration.Output.WriteLineAsync(answer.Text);
            return 0;
        });
        return page;
    }
}
