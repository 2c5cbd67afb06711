using System.CommandLine;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>relay</c>: takes in for many systems behind a firewall what they send, and passes it on to the service.</summary>
internal static class RelayCommand
{
    private const string DefaultUrl = "http://localhost:7072";

    private static readonly Option<string> To = new("--to") { Description = "The address of the service, https", HelpName = "URL" };

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = $"Where to listen, separated by semicolons [default: {DefaultUrl}]",
        HelpName = "URL",
    };

    public static Command Create()
    {
        var relay = new Command("relay", "Take in what many systems send, and pass it on to the service: their single way out of a network.")
        {
            SettingArguments.Settings,
            To,
            Urls,
            RelayArguments.Data,
            RelayListCommand.Create(),
            RelayListCommand.CreateShow(),
            RelayPageCommand.Create(),
            RelayDeskCommand.Create(DeskForm.Pause, "Send nothing until resume, but for what is released."),
            RelayDeskCommand.Create(DeskForm.Resume, "Send by the schedule again."),
            RelayDeskCommand.CreateOfItems(DeskForm.Release, "Send items now, also while the relay is paused; all that are staged where none are named."),
            RelayDeskCommand.CreateOfItems(DeskForm.Drop, "Delete items: they are never sent."),
        };
        relay.SetAction(async (arguments, cancellation) =>
        {
            var settings = RelayArguments.SettingsOf(arguments);
            if (arguments.GetValue(To) is not { } to)
                throw new UsageException("relay needs --to, the address of the service, such as --to https://telemetry.example.org/. See --help.");

            var directory = RelayArguments.DirectoryOf(arguments);
            var builder = RelayHost.CreateBuilder(RelayOptions.ReadAddress("--to", to), [.. settings, .. arguments.GetValue(Urls) is { } urls ? [$"--urls={urls}"] : (string[])[]]);
            builder.ListenAt(DefaultUrl, RelaySocket.AddressOf(directory));
            RelayDirectory.Make(directory);
            await using var service = await builder.OpenAsync();

            // Behind the lock of the store: a relay that runs keeps its socket.
            RelaySocket.RemoveStale(directory);
            await service.RunAsync(cancellation);
            return 0;
        });
        return relay;
    }
}
