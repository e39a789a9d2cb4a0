namespace Minato.Sidecar;

/// <summary>A program that we started: one seam for Linux and for the other platforms.</summary>
internal interface IStartedProcess : IDisposable
{
    int Pid { get; }

    /// <summary>Null where the platform cannot tell whose a process is.</summary>
    ProcessFamily? Family { get; }

    /// <summary>What it writes; null where it does not come to us.</summary>
    Stream? Output { get; }

    Stream? Errors { get; }

    /// <summary>Completes when the program has ended; others of its group may live on.</summary>
    Task<ProcessEnd> Ended { get; }

    /// <summary>Asks the program, and its group where that is its own, to end.</summary>
    void AskToEnd();

    /// <summary>Passes a signal on; nothing where it has ended.</summary>
    void Signal(int signal);

    /// <summary>Ends the program and all of its group, at once.</summary>
    void Kill();

    /// <summary>Whether nothing of it, and of its group, runs any more.</summary>
    bool IsAllGone { get; }
}
