using System.Globalization;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>What an administrator does with a relay. Each says in a sentence what was done.</summary>
internal sealed class RelayDesk(RelayStore items, RelaySwitch relaySwitch, TimeProvider clock)
{
    /// <exception cref="RequestRejectedException">There is no such action.</exception>
    public Task<DeskAnswer> DoAsync(DeskForm form, CancellationToken cancellation) => form.Action switch
    {
        DeskForm.Pause => PauseAsync(cancellation),
        DeskForm.Resume => ResumeAsync(cancellation),
        DeskForm.Release => ReleaseAsync(form.Selection, cancellation),
        DeskForm.Drop => DropAsync(form.Selection, cancellation),
        _ => throw new RequestRejectedException(StatusCodes.Status400BadRequest, $"{DeskForm.ActionField} must be {DeskForm.Pause}, {DeskForm.Resume}, {DeskForm.Release} or {DeskForm.Drop}."),
    };

    private async Task<DeskAnswer> PauseAsync(CancellationToken cancellation)
    {
        await relaySwitch.PauseAsync(clock.GetUtcNow(), cancellation);
        return new DeskAnswer(true, "Paused: nothing is sent until resume, but for what is released.");
    }

    private async Task<DeskAnswer> ResumeAsync(CancellationToken cancellation)
    {
        await relaySwitch.ResumeAsync(cancellation);
        return new DeskAnswer(true, "Resumed: what is staged is sent by the schedule.");
    }

    /// <summary>Has items sent now, also while the relay is paused.</summary>
    private async Task<DeskAnswer> ReleaseAsync(RelaySelection selection, CancellationToken cancellation)
    {
        // Who has chosen nothing on the page does not mean all.
        if (selection.IsEverything)
            return new DeskAnswer(false, "Name what is to be released: ids, a system, or a state.");

        var released = await RelayStore.TryEachAsync(
            items.ReadAsync(cancellation).Where(item => item.State is RelayState.Staged or RelayState.Refused && selection.Has(item)),
            (item, token) => items.TryChangeAsync(item, RelayState.Staged, "", true, token),
            cancellation);
        return Say(released, "released", "is staged or refused");
    }

    /// <summary>Deletes items.</summary>
    private async Task<DeskAnswer> DropAsync(RelaySelection selection, CancellationToken cancellation)
    {
        if (selection.IsEverything)
            return new DeskAnswer(false, "Name what is to be dropped: ids, a system, or a state.");

        // What has come in its place meanwhile is another one, which nobody has looked at.
        var dropped = await RelayStore.TryEachAsync(items.ReadAsync(cancellation).Where(selection.Has), items.TryDropAsync, cancellation);
        return Say(dropped, "dropped", "is there");
    }

    private static DeskAnswer Say(int count, string done, string wanted) => count == 0
        ? new DeskAnswer(false, $"Nothing of that {wanted}.")
        : new DeskAnswer(true, string.Create(CultureInfo.InvariantCulture, $"{count:n0} {(count == 1 ? "item is" : "items are")} {done}."));
}

/// <summary>What came of it.</summary>
/// <param name="IsDone">False where there was nothing to do.</param>
/// <param name="Text">A sentence.</param>
internal sealed record DeskAnswer(bool IsDone, string Text);
