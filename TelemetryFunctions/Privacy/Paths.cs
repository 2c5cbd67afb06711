namespace TelemetryFunctions.Privacy;

/// <summary>Paths that have the name of a user, or of a server.</summary>
internal static class Paths
{
    // Routes such as /users/{id} are none: macOS writes Users, and Windows has a drive in front.
    private const string Slash = @"([\\/]|%2F|%5C)+";

    public static readonly PersonalRule Rule = PersonalRule.Of(
        "path",
        @"(^|[^\p{L}\p{N}._-]|/mnt/[a-z]|/var|/export|/usr)(/|%2F)+(home|Users)(/|%2F)+[^/\s%]"
        + @"|(^|[^\p{L}\p{N}._-])/root/"
        + $@"|[A-Za-z](:|%3A){Slash}([Uu][Ss][Ee][Rr][Ss]|[Dd]ocuments and [Ss]ettings|[Dd]ocuments%20and%20[Ss]ettings){Slash}[^\\/\s]"
        + @"|(^|[\s""'=:(])\\\\[\p{L}\p{N}._-]+\\"
        + @"|(^|[\s""'=:(])~[a-z_][\w.-]*/");
}
