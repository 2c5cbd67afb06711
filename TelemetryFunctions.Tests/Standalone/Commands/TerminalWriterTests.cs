using TelemetryFunctions.Standalone.Commands;

namespace TelemetryFunctions.Tests.Standalone.Commands;

/// <summary>What a file of somebody else's says can't command the terminal in which it is quoted.</summary>
public sealed class TerminalWriterTests
{
    [Theory]
    [InlineData("as it is: äöü €\n", "as it is: äöü €\n")]
    [InlineData("red \u001b[31m, title \u001b]0;x\u0007, C1 \u009b1m", "red \uFFFD[31m, title \uFFFD]0;x\uFFFD, C1 \uFFFD1m")]
    [InlineData("over\rwritten\r\nnot", "over\uFFFDwritten\r\nnot")]
    public async Task Only_the_ends_of_lines_are_left_of_control_characters(string text, string shown)
    {
        using var output = new StringWriter();
        await using var terminal = new TerminalWriter(output);

        terminal.Write(text);
        await terminal.WriteAsync(text);
        await terminal.WriteLineAsync(text);

        Assert.Equal(shown + shown + shown + terminal.NewLine, output.ToString());
    }
}
