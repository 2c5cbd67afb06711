namespace TelemetryFunctions.Standalone.Relay;

/// <summary>What became of an item.</summary>
internal enum RelayState
{
    /// <summary>It waits to be sent.</summary>
    Staged,

    /// <summary>The service has it.</summary>
    Sent,

    /// <summary>The service does not want it, as the note says. It waits for somebody to drop or to release it.</summary>
    Refused,

    /// <summary>A report of a day that is closed, of a system that has a newer one: it would count in that one's place.</summary>
    Superseded,
}

/// <summary>An item, without what is in it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">What became of it.</param>
/// <param name="System">The system of a report, 32 hex digits; empty where that is not known.</param>
/// <param name="ContentType">How it is written, as the sender said.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ReceivedAt">When it came.</param>
internal sealed record RelayItem(RelayId Id, RelayState State, string System, string ContentType, long Bytes, DateTimeOffset ReceivedAt)
{
    /// <summary>When it became what it is; for what is staged, when it came.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>What the service said of it.</summary>
    public string Note { get; init; } = "";

    /// <summary>True where it is to be sent although the relay is paused.</summary>
    public bool IsReleased { get; init; }

    /// <summary>The key of the row with <see cref="RelaySecrets"/>; empty where they are gone.</summary>
    public string SecretsKey { get; init; } = "";

    public string? ETag { get; init; }

    /// <summary>True where nothing is to be done with it any more.</summary>
    public bool IsDone => State is RelayState.Sent or RelayState.Superseded;

    /// <summary>Bytes that it takes on disk: what is in it, and about as much as its rows take beside that and what goes along.</summary>
    public long HeldBytes => Bytes + ContentType.Length + RowBytes;

    private const int RowBytes = 1_024;
}

/// <summary>What a sender gave along that is for the service alone. It is kept until the item is sent.</summary>
/// <param name="SystemKey">The key of the system that reports; empty for none.</param>
/// <param name="FunctionKey">The key for events; empty for none.</param>
/// <param name="UserAgent">Composer's user agent, of which the service counts platform and version of PHP; empty for none.</param>
/// <param name="Client">What tells the clients of an hour apart, and nobody who they are; empty for none.</param>
internal sealed record RelaySecrets(string SystemKey = "", string FunctionKey = "", string UserAgent = "", string Client = "")
{
    /// <summary>Nothing.</summary>
    public static readonly RelaySecrets None = new();

    /// <summary>Bytes that it takes on disk, about: headers may be long.</summary>
    public long HeldBytes => SystemKey.Length + FunctionKey.Length + UserAgent.Length + Client.Length;
}

/// <summary>An item with what is in it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Body">The body, inflated.</param>
/// <param name="Secrets">What goes along with it.</param>
internal sealed record RelayContent(RelayItem Item, byte[] Body, RelaySecrets Secrets);
