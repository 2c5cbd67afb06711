using System.CommandLine;
using System.CommandLine.Parsing;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>Arguments that name files and directories.</summary>
internal static class PathArguments
{
    /// <summary>The argument, which may not be empty, as what a script makes of a variable that is not set.</summary>
    public static Argument<T> NotEmpty<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result => Check(result, argument.Name));
        return argument;
    }

    /// <summary>The option, none of whose values may be empty.</summary>
    public static Option<T> NotEmpty<T>(this Option<T> option)
    {
        option.Validators.Add(result => Check(result, option.Name));
        return option;
    }

    private static void Check(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError($"{name} is empty.");
    }
}
