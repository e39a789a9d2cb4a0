using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>
/// Ends what this process has started when this process ends, however it does: a small process of its own session (a shell, not a second .NET)
/// that holds the reading end of a pipe. When that closes it ends every group that was tied to it, and then whoever carries this process's
/// nonce in the environment, wherever they have gone. Linux; see <see cref="LeashPair"/>.
/// </summary>
/// <param name="host">This process's nonce, with which those of its children begin.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The pipe is to close when this process ends, and not before.")]
internal sealed class Leash(string host, TimeProvider time)
{
    /// <summary>What it calls itself, for whoever looks at the processes of a machine. Not by our name: who ends all that is called so would end it with its host.</summary>
    internal const string Name = "leash";

    private const int KillNow = 9;

    /// <summary>Starts in a row that ended within a second: something here ends them, and will again.</summary>
    private const int MaxQuickEnds = 3;

    // What is found at one look may have started others meanwhile, and who forks and ends between the listing of /proc and its reading is seen
    // neither as itself nor as its child: looked for until two looks in a row find nobody, at most a hundred times.
    // A group's number cannot be another's: its leader is not reaped before it is untied, and init reaps it at this very moment.
    private const string Script = """
        groups=' '
        while read -r line; do
          case $line in
            +*) groups="$groups${line#+} " ;;
            -*) case $groups in *" ${line#-} "*) groups="${groups%% "${line#-}" *} ${groups#* "${line#-}" }" ;; esac ;;
          esac
        done
        for group in $groups; do kill -KILL -- "-$group" 2>/dev/null; done
        round=0
        calm=0
        while [ $round -lt 100 ] && [ $calm -lt 2 ]; do
          found=
          for file in $(grep -ls "MINATO_LAUNCH=$1-" /proc/[0-9]*/environ 2>/dev/null); do
            pid=${file#/proc/}
            kill -KILL "${pid%/environ}" 2>/dev/null && found=1
          done
          [ -n "$found" ] && calm=0 || calm=$((calm + 1))
          round=$((round + 1))
        done
        """;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _groups = [];
    private SafeFileHandle? _pipe;
    private long _started;
    private int _quickEnds;

    /// <summary>Its pid; null while there is none.</summary>
    internal int? Pid
    {
        get
        {
            lock (_gate)
                return field;
        }
        private set;
    }

    /// <summary>To be called before the first child starts, so that there is no moment without it.</summary>
    internal void BeThere()
    {
        lock (_gate)
        {
            if (_pipe is null && _quickEnds < MaxQuickEnds)
                Start();
        }
    }

    /// <summary>The group ends with us from now on.</summary>
    internal void Tie(int group)
    {
        lock (_gate)
        {
            _groups.Add(group);
            Say('+', group);
        }
    }

    /// <summary>To be called before the group's leader is reaped.</summary>
    internal void Untie(int group)
    {
        lock (_gate)
        {
            if (_groups.Remove(group))
                Say('-', group);
        }
    }

    private void Start()
    {
        if (Libc.OpenPipe(out var read, out var write) != 0)
            return; // no descriptor left: the next start says so
        using var theirs = new SafeFileHandle(read, ownsHandle: true);
        using var copy = LinuxProcess.Copy(theirs)!;
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var silent = LinuxProcess.Copy(nothing)!;
        var (input, output) = ((int)copy.DangerousGetHandle(), (int)silent.DangerousGetHandle());
        var (pid, _) = Spawning.Spawn(
            "/bin/sh", [Name, "-c", Script, Name, host], ["PATH=/usr/local/bin:/usr/bin:/bin"], "/", [input, output, output], ChildGroup.OwnSession, closeOthers: true);
        _pipe = new SafeFileHandle(write, ownsHandle: true);
        if (pid == 0)
        {
            Drop();
            return;
        }
        (Pid, _started) = (pid, time.GetTimestamp());
        foreach (var group in _groups)
            Say('+', group);
        new Thread(() => Watch(pid), maxStackSize: 128 * 1024) { IsBackground = true, Name = "end of the leash" }.Start();
    }

    /// <summary>Whoever ends the leash does not set the children free: another one takes over.</summary>
    private void Watch(int pid)
    {
        _ = Libc.WaitForEnd(pid, out _);
        lock (_gate)
        {
            Libc.Reap(pid);
            Drop();
            _quickEnds = time.GetElapsedTime(_started) < TimeSpan.FromSeconds(1) ? _quickEnds + 1 : 0;
            if (_quickEnds < MaxQuickEnds)
                Start();
        }
    }

    private void Drop()
    {
        _pipe?.Dispose();
        (_pipe, Pid) = (null, null);
    }

    // Into a pipe of 64 KiB that the shell empties at once. One that was stopped does not, and would miss a word: it is ended, and the one that takes over hears all.
    private void Say(char what, int group)
    {
        if (_pipe is { } pipe && !Libc.TryWrite(pipe, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}{group}\n"))) && Pid is { } pid)
            _ = Libc.SignalGroup(pid, KillNow);
    }
}
