namespace TelemetryFunctions.Standalone.Tables.Models;

/// <summary>A table of the account.</summary>
public class TableItem(string name)
{
    public string Name { get; } = name;
}
