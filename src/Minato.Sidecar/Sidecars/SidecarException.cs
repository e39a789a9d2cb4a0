namespace Minato.Sidecar;

/// <summary>Why a program did not become a sidecar.</summary>
public enum SidecarFailure
{
    /// <summary>There is no such command.</summary>
    NotFound,

    /// <summary>The system cannot, or may not, start it.</summary>
    CannotExecute,

    /// <summary>It ended before it was ready.</summary>
    EndedEarly,

    /// <summary>It was not ready in time.</summary>
    NotReady,

    /// <summary>It listens, but not where it was told to.</summary>
    ListensElsewhere,

    /// <summary>Another program has its port.</summary>
    PortTaken,

    /// <summary>What it said is no port, or not one of its own.</summary>
    BadReport,

    /// <summary>It was started again and again, and ended again and again.</summary>
    GaveUp,
}

/// <summary>A program was not started, or did not become ready; the message is one for the user.</summary>
public sealed class SidecarException : Exception
{
    internal SidecarException(SidecarFailure failure, string message, ProcessEnd? end = null, IReadOnlyList<string>? lastLines = null)
        : base(message)
    {
        Failure = failure;
        End = end;
        LastLines = lastLines ?? [];
    }

    public SidecarFailure Failure { get; }

    /// <summary>How it ended, where it did.</summary>
    public ProcessEnd? End { get; }

    /// <summary>The newest 50 lines of what it wrote, at most; none where its output is not captured.</summary>
    public IReadOnlyList<string> LastLines { get; }
}
