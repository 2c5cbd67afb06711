namespace TelemetryFunctions.Events.Forgetting;

/// <summary>Which events are forgotten: what users did until they asked for it.</summary>
public sealed class ForgottenEvents(IReadOnlyList<ForgottenUser> users, Func<string, ulong> hash)
{
    private readonly Dictionary<ulong, long> _until = users.ToDictionary(user => user.Hash, user => user.RequestedAt.ToUnixTimeMilliseconds());

    /// <summary>True where events of a user are among them.</summary>
    public bool Has(string user) => _until.Count > 0 && user.Length > 0 && _until.ContainsKey(hash(user));

    /// <summary>True where an event is one of them.</summary>
    /// <param name="user">Who did it; empty where nobody is named.</param>
    /// <param name="ms">When it happened, epoch ms.</param>
    public bool Has(string user, long ms) => _until.Count > 0 && user.Length > 0 && _until.TryGetValue(hash(user), out var until) && ms <= until;
}
