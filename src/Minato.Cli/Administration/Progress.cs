namespace Minato.Cli.Administration;

/// <summary>A percentage on a terminal, nothing in a script.</summary>
internal sealed class Progress
{
    private long _shown = -1;

    internal void Show(long done, long total)
    {
        var percent = total == 0 ? 100 : Math.Min(done * 100 / total, 100);
        if (Console.IsErrorRedirected || percent == _shown)
            return;
        _shown = percent;
        Console.Error.Write($"\r{percent} %");
    }

    internal void End()
    {
        if (_shown >= 0)
            Console.Error.Write("\r      \r");
    }
}
