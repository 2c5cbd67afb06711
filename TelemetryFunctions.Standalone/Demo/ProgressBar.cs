namespace TelemetryFunctions.Standalone.Demo;

/// <summary>A bar on the terminal; a line every tenth where the output is no terminal.</summary>
internal sealed class ProgressBar(string title, int total) : IDisposable
{
    private const int Width = 40;

    private int _shown = -1;

    public void Report(int done, string detail)
    {
        var step = done * (Console.IsErrorRedirected ? 10 : 100) / total;
        if (step == _shown)
            return;

        _shown = step;
        var filled = done * Width / total;
        var line = $"{title} [{new string('#', filled)}{new string('.', Width - filled)}] {done * 100 / total,3} %  {detail}";
        Console.Error.Write(Console.IsErrorRedirected ? line + Environment.NewLine : "\r" + line);
    }

    public void Dispose()
    {
        if (!Console.IsErrorRedirected)
            Console.Error.WriteLine();
    }
}
