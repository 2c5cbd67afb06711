using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Standalone.Redoing;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>redo</c>: summarizes days again.</summary>
internal static class RedoCommand
{
    private const string DayFormat = "yyyy-MM-dd";

    private static readonly Option<string> From = new("--from") { Description = "The first day, as 2026-11-18", HelpName = "DAY", Required = true };

    private static readonly Option<string> To = new("--to") { Description = "The last day [default: the last that is summarized]", HelpName = "DAY" };

    private static readonly Option<bool> WithImported = new("--with-imported") { Description = "Days whose numbers were imported, too, where there are reports of them" };

    private static readonly Option<bool> NoMarks = new("--no-marks") { Description = "Leave no mark in the charts where days could not be done again, and remove those that there are" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Tell what would be done, and change nothing" };

    public static Command Create()
    {
        var redo = new Command("redo", "Summarize closed days again, from the reports that are kept; stop the service while it is at work.")
        {
            From,
            To,
            WithImported,
            NoMarks,
            DryRun,
            SettingArguments.Settings,
        };
        redo.SetAction(async (arguments, cancellation) =>
        {
            var choice = new RedoChoice(ReadDay("--from", arguments.GetValue(From)!), arguments.GetValue(To) is { } to ? ReadDay("--to", to) : null, arguments.GetValue(WithImported))
            {
                WithoutMarks = arguments.GetValue(NoMarks),
            };
            if (choice.To < choice.From)
                throw new UsageException("--from is after --to. See --help.");

            var isDryRun = arguments.GetValue(DryRun);
            await using var service = ServeCommand.Build(ServeCommand.CreateBuilder(SettingArguments.Of(arguments)));
            if (!isDryRun)
                await service.OpenStoreAsync();
            var days = ActivatorUtilities.CreateInstance<DayRedo>(service.Services);
            var plan = isDryRun ? await days.PlanAsync(choice, cancellation) : await days.RunAsync(choice, cancellation);
            foreach (var day in plan.Days)
                await arguments.InvocationConfiguration.Output.WriteLineAsync(Say(day));
            return 0;
        });
        return redo;
    }

    private static string Say(RedoneDay day) => string.Create(CultureInfo.InvariantCulture, $"{day.Day.Start:yyyy-MM-dd}: {day switch
    {
        { Refusal: RedoRefusal.Imported } => "stays, it was imported (--with-imported does it, where there are reports)",
        { Refusal: RedoRefusal.Expired } => "stays, its reports are not kept any more",
        { Refusal: RedoRefusal.NoReports } => "stays, there are no reports of it",
        { Reports: { } reports } => string.Create(CultureInfo.InvariantCulture, $"done again, {reports:n0} reports{(day.Excluded > 0 ? $", and {day.Excluded:n0} of systems that do not count" : "")}"),
        _ => "would be done again",
    }}");

    private static DateTimeOffset ReadDay(string option, string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : throw new UsageException($"{option} is \"{text}\"; it must be a day such as 2026-11-18. See --help.");
}
