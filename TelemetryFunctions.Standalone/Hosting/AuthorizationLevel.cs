namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>
/// Who may call an HTTP function. This host knows <see cref="Anonymous"/> and <see cref="Function"/>.
/// </summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
