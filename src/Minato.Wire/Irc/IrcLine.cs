namespace Minato.Wire.Irc;

/// <summary>What a reader found where a line was.</summary>
public enum IrcLineKind
{
    Message,

    /// <summary>More than <see cref="IrcLimits"/> allow of a line or its tags; it was read to its end and dropped.</summary>
    TooLong,

    /// <summary>Not UTF-8, or with a NUL in it: UTF8ONLY.</summary>
    NotText,

    /// <summary>No line end in <see cref="IrcLimits.Endless"/> bytes. Nothing more can be read.</summary>
    Endless,
}

/// <param name="Message">Null for what is no <see cref="IrcLineKind.Message"/>; of one that is <see cref="IrcLineKind.NotText"/> whatever can be told, to answer it.</param>
public readonly record struct IrcLine(IrcLineKind Kind, IrcMessage? Message);
