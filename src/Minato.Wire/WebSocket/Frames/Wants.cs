namespace Minato.Wire.WebSocket.Frames;

/// <summary>What a client asked in its <c>hello</c> to be told beside the log. Who asks for nothing is disturbed by nothing.</summary>
[Flags]
public enum Wants
{
    None = 0,

    /// <summary>Who is connected.</summary>
    Presence = 1,

    /// <summary>Who writes something.</summary>
    Typing = 2,

    /// <summary>How far others have read (既読).</summary>
    Receipts = 4,
}
