namespace Minato.Wire.Irc;

/// <summary>Bytes on an IRC wire. https://modern.ircdocs.horse/#message-format and https://ircv3.net/specs/extensions/message-tags#size-limit</summary>
public static class IrcLimits
{
    /// <summary>A line without its tags, with its CR LF: 512, as RFC 1459 has it.</summary>
    public const int Line = 512;

    /// <summary>Tags that a client sends, between <c>@</c> and the space: 4,094.</summary>
    public const int ClientTags = 4094;

    /// <summary>Tags that a server sends, the <c>@</c> and the space included: 8,191.</summary>
    public const int ServerTags = 8191;

    /// <summary>16 KiB without a line end are no IRC: the connection is closed with the reason. As much as a typed line may have here.</summary>
    public const int Endless = 16 * 1024;

    /// <summary>
    /// Lines of a message that are told one by one, each a PRIVMSG with all that belongs to one: 32, as many as a client sends in a batch. A body
    /// of 16 KiB may have 8,192, which would be a hundred times as many bytes, more than may wait for any peer. HISTORY shows the rest.
    /// </summary>
    public const int LinesOfMessage = 32;

    /// <summary>Lines of a multiline batch to a client: 200.</summary>
    public const int LinesOfBatch = 200;

    /// <summary>Lines of a multiline batch from a client: 32, as Ergo's. At the usual pace of commands they are there within two seconds.</summary>
    public const int LinesOfClientBatch = 32;

    /// <summary>Bytes of one, all lines together: 4,096, as Ergo's.</summary>
    public const int BytesOfClientBatch = 4096;

    /// <summary>Parameters of a message: 15; RFC 1459 says so, and what follows is part of none.</summary>
    public const int Parameters = 15;
}
