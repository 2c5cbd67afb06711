using System.CommandLine;
using System.Globalization;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>relay list</c> and <c>relay show</c>: what a relay has, whether it runs or not.</summary>
internal static class RelayListCommand
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly Argument<string> Id = new("ID") { Description = "The id of an item, as \"list\" shows it" };

    private static readonly Option<bool> Body = new("--body") { Description = "Only the body, byte for byte" };

    public static Command Create()
    {
        var list = new Command("list", "List what waits, what was sent within seven days, and what was refused and why.") { SettingArguments.Settings, RelayArguments.System, RelayArguments.State };
        list.SetAction(async (arguments, cancellation) =>
        {
            var selection = RelayDeskCommand.SelectionOf(arguments, []);
            await using var relay = RelayReader.Open(RelayArguments.DirectoryOf(arguments));
            var output = arguments.InvocationConfiguration.Output;
            await output.WriteLineAsync($"{"ID",-43}  {"STATE",-10}  {"BYTES",8}  {"RECEIVED",-20}  NOTE");
            await foreach (var item in relay.Items.ReadAsync(cancellation).Where(selection.Has))
                await output.WriteLineAsync(Line(item));
            return 0;
        });
        return list;
    }

    public static Command CreateShow()
    {
        var show = new Command("show", "Show what is in an item: what leaves the house, or has.") { Id, SettingArguments.Settings, Body };
        show.SetAction(async (arguments, cancellation) =>
        {
            if (!RelayId.TryParse(arguments.GetValue(Id), out var id))
                throw new UsageException($"\"{arguments.GetValue(Id)}\" is no id of an item; \"list\" shows them. See --help.");

            await using var relay = RelayReader.Open(RelayArguments.DirectoryOf(arguments));
            if (await relay.Items.FindAsync(id, cancellation) is not { } content)
                throw new StartupException($"There is no item {id}.");

            if (arguments.GetValue(Body))
            {
                await using var raw = Console.OpenStandardOutput();
                await raw.WriteAsync(content.Body, cancellation);
                return 0;
            }

            var output = arguments.InvocationConfiguration.Output;
            foreach (var (name, value) in RelayContentText.Describe(content))
                await output.WriteLineAsync($"{name + ":",-14}{value}");
            await output.WriteLineAsync();
            await output.WriteLineAsync(RelayContentText.Of(content));
            return 0;
        });
        return show;
    }

    private static string Line(RelayItem item) => string.Create(
        CultureInfo.InvariantCulture,
        $"{item.Id,-43}  {DeskForm.NameOf(item.State),-10}  {item.Bytes,8}  {item.ReceivedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}  {(item.IsReleased ? "released " : "")}{item.Note}").TrimEnd();
}
