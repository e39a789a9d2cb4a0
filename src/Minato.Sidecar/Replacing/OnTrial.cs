using System.Globalization;
using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>This process is only tried, by one whose place it may take: the other end of a <see cref="TrialRun"/>.</summary>
public sealed class OnTrial : IDisposable
{
    internal const string Variable = "MINATO_TRIAL";

    /// <summary>What it hears by, what it says by, and the file that it holds open.</summary>
    internal const string Descriptors = "3,4,5";

    private readonly StreamReader _hears;
    private readonly StreamWriter _says;
    private readonly SafeFileHandle _held;

    private OnTrial(int hears, int says, int held)
    {
        _hears = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(hears, ownsHandle: true)));
        _says = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(says, ownsHandle: true))) { AutoFlush = true };
        _held = new SafeFileHandle(held, ownsHandle: true);
    }

    /// <summary>Null: this is no trial. A second call finds nothing.</summary>
    public static OnTrial? Take()
    {
        var names = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (names is null || !OperatingSystem.IsLinux())
            return null;
        var numbers = names.Split(',').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers is [var hears, var says, var held] && numbers.All(Libc.SetCloseOnExec) ? new OnTrial(hears, says, held) : null;
    }

    public void Say(string line) => _says.WriteLine(line);

    /// <param name="sentence">Why this one cannot take over.</param>
    public void Refuse(string sentence) => Say(TrialRun.Error + sentence.ReplaceLineEndings(" "));

    /// <summary>The next line; null: whoever tries us is gone.</summary>
    public Task<string?> HearAsync() => _hears.ReadLineAsync();

    public void Dispose()
    {
        _hears.Dispose();
        _says.Dispose();
        _held.Dispose();
    }
}
