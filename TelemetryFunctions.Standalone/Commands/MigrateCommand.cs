using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Storage.Migrations;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>
/// <c>migrate</c>: brings a store to the format of this version, in two halves, around a deployment. What it does is told by its exit code too: 0
/// where it is done or there is nothing to do, <see cref="IsPending"/> from <c>status</c> where something is.
/// </summary>
internal static class MigrateCommand
{
    private const int IsPending = 3;

    public static Command Create()
    {
        var migrate = new Command("migrate", "Bring the store to the format of this version; \"all\" where nothing is said.")
        {
            SettingArguments.Settings,
            Step("all", "Do pre and post: on one machine, while the service is stopped.", AllAsync),
            Step("status", "List every table, its format and its rows, and what is pending; exit code 3 where something is.", StatusAsync),
            Step("dry-run", "Tell what would be done, and change nothing.", DryRunAsync),
            Step("pre", "Before a deployment: create tables, and copy what changes; an older version may run meanwhile.", PreAsync),
            Step("post", "After a deployment: remove what only older versions read, and make again what is derived.", PostAsync),
        };
        SetAction(migrate, AllAsync);
        return migrate;
    }

    private static Command Step(string name, string description, Func<WebApplication, TextWriter, CancellationToken, Task<int>> run)
    {
        var step = new Command(name, description) { SettingArguments.Settings };
        SetAction(step, run);
        return step;
    }

    private static void SetAction(Command command, Func<WebApplication, TextWriter, CancellationToken, Task<int>> run) =>
        command.SetAction(async (arguments, cancellation) =>
        {
            await using var service = ServeCommand.Build(ServeCommand.CreateBuilder(SettingArguments.Of(arguments)));
            return await run(service, arguments.InvocationConfiguration.Output, cancellation);
        });

    private static async Task<int> StatusAsync(WebApplication service, TextWriter output, CancellationToken cancellation)
    {
        var status = await MigratorOf(service).LookAsync(cancellation);
        await StoreStatusWriter.WriteTablesAsync(output, status);
        await output.WriteLineAsync();
        await StoreStatusWriter.WriteStepsAsync(output, status.Pending, "Pending:", "Nothing is pending.");
        return status.Pending.Count == 0 ? 0 : IsPending;
    }

    private static async Task<int> DryRunAsync(WebApplication service, TextWriter output, CancellationToken cancellation)
    {
        var status = await MigratorOf(service).LookAsync(cancellation);
        await StoreStatusWriter.WriteStepsAsync(output, status.Pending, "To be done; nothing was changed:", "Nothing to do.");
        return 0;
    }

    private static async Task<int> PreAsync(WebApplication service, TextWriter output, CancellationToken cancellation)
    {
        var status = await MigratorOf(service).LookAsync(cancellation);
        await service.OpenStoreAsync();
        return await TellDoneAsync(output, [.. status.Pending.Where(step => step.IsPre)]);
    }

    /// <exception cref="StartupException">The first half is not done.</exception>
    private static async Task<int> PostAsync(WebApplication service, TextWriter output, CancellationToken cancellation)
    {
        var status = await MigratorOf(service).LookAsync(cancellation);
        if (status.Pending.Any(step => step.IsPre))
            throw new StartupException("migrate post comes after a deployment, and pre is not done yet: start the new version, or run migrate pre or all.");

        return await FinishAsync(service, status, output, cancellation);
    }

    private static async Task<int> AllAsync(WebApplication service, TextWriter output, CancellationToken cancellation) =>
        await FinishAsync(service, await MigratorOf(service).LookAsync(cancellation), output, cancellation);

    private static async Task<int> FinishAsync(WebApplication service, StoreStatus status, TextWriter output, CancellationToken cancellation)
    {
        await service.OpenStoreAsync();
        await MigratorOf(service).FinishAsync(token => RebuildChartsCommand.RebuildAsync(service.Services, token), cancellation);
        return await TellDoneAsync(output, status.Pending);
    }

    private static async Task<int> TellDoneAsync(TextWriter output, IReadOnlyList<PendingStep> steps)
    {
        await StoreStatusWriter.WriteStepsAsync(output, steps, "Done:", "Nothing to do.");
        return 0;
    }

    private static Migrator MigratorOf(WebApplication service) => service.Services.GetRequiredService<Migrator>();
}
