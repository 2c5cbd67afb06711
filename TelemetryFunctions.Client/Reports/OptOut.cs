using Microsoft.Extensions.Configuration;

namespace TelemetryFunctions.Client.Reports;

/// <summary>Whether reports are turned off.</summary>
internal static class OptOut
{
    private const string Variable = "DO_NOT_TRACK";

    /// <summary>What turns reports off; null where nothing does.</summary>
    /// <param name="options">The host's own setting.</param>
    /// <param name="configuration">The host's configuration, in which the variable may stand too; null where it has none.</param>
    public static string? Find(TelemetryReportOptions options, IConfiguration? configuration) =>
        !options.Enabled ? "by this product's own setting"
        : IsSet(Environment.GetEnvironmentVariable(Variable)) || IsSet(configuration?[Variable]) ? $"by {Variable}"
        : null;

    /// <summary>In doubt it is set: who wrote "yes" meant it.</summary>
    private static bool IsSet(string? value) =>
        value?.Trim() is { Length: > 0 } text && text != "0" && !text.Equals("false", StringComparison.OrdinalIgnoreCase);
}
