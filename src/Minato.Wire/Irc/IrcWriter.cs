using System.Buffers;
using System.Globalization;
using System.Text;

namespace Minato.Wire.Irc;

// message = ['@' tags SPACE] [':' source SPACE] command *( SPACE parameter ) CR LF   https://modern.ircdocs.horse/#message-format
/// <summary>Writes messages, one after another. Nothing that is given to it can begin another line.</summary>
public sealed class IrcWriter(IBufferWriter<byte> output)
{
    private int _lineBytes;
    private bool _hasTags;

    /// <summary>Writes a tag; before <see cref="Begin"/>, and only what the receiver understands.</summary>
    public IrcWriter Tag(string name, string? value = null)
    {
        Put(_hasTags ? ";"u8 : "@"u8);
        Put(name);
        if (value is not null)
        {
            Put("="u8);
            Put(IrcTags.Escape(value));
        }
        _hasTags = true;
        return this;
    }

    /// <summary>The tag <c>time</c>. https://ircv3.net/specs/extensions/server-time</summary>
    /// <param name="ts">Milliseconds since 1970 UTC.</param>
    public IrcWriter Time(long ts) => Tag("time", Timestamp(ts));

    public static string Timestamp(long ts) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ts).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <param name="source">Null: none.</param>
    public IrcWriter Begin(string? source, string command)
    {
        if (_hasTags)
            Put(" "u8);
        _lineBytes = 0;
        if (source is not null)
            Put(":").Put(source).Put(" "u8);
        Put(command);
        return this;
    }

    /// <summary>A parameter without spaces, not empty, and not beginning with a colon.</summary>
    public IrcWriter Word(string word) => Put(" "u8).Put(word);

    /// <summary>The last parameter, which may be anything. One that is longer than the line is seen to be cut; messages are split before.</summary>
    public void End(string text) => End(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="End(string)"/>
    public void End(ReadOnlySpan<byte> text)
    {
        var room = Room;
        Put(" :"u8);
        if (text.Length <= room)
            Put(text);
        else
            Put(text[..IrcText.LengthOfPiece(text, room - More.Length)]).Put(More);
        End();
    }

    public void End()
    {
        Put("\r\n"u8);
        _hasTags = false;
        _lineBytes = 0;
    }

    /// <summary>Bytes that a last parameter may have in the line that was begun.</summary>
    public int Room => IrcLimits.Line - _lineBytes - " :\r\n"u8.Length;

    private static ReadOnlySpan<byte> More => "…"u8;

    private IrcWriter Put(string text)
    {
        _lineBytes += (int)Encoding.UTF8.GetBytes(text, output);
        return this;
    }

    private IrcWriter Put(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _lineBytes += bytes.Length;
        return this;
    }
}
