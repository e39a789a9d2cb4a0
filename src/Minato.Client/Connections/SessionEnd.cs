namespace Minato.Client;

/// <summary>How a connection ended.</summary>
internal enum SessionEnd
{
    /// <summary>It closed, broke, or was silent for too long.</summary>
    Lost,

    /// <summary>An event was missing: the next connection resumes before it.</summary>
    Gap,

    /// <summary>Events were let go while nobody read them, and now they are wanted.</summary>
    Behind,

    /// <summary>Final.</summary>
    LoginRequired,
}

/// <summary>Close codes that mean more than "come back".</summary>
internal enum ClientCloseCode
{
    LoginRequired = 4003,
}
