using System.Buffers;
using System.Globalization;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// BATCH '+' ref 'draft/multiline' target, then @batch=ref[;draft/multiline-concat] PRIVMSG target :line …, then BATCH '-' ref
/// <summary>A message of several lines, sent as a batch and posted as one. https://ircv3.net/specs/extensions/multiline</summary>
internal sealed class Multiline(string reference, string target, IrcTags tags, string? label)
{
    internal const int MaxBytes = IrcLimits.BytesOfClientBatch;

    internal const int MaxLines = IrcLimits.LinesOfClientBatch;

    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly List<int> _cuts = [];
    private int _lines;
    private bool _isNotice;

    internal static async ValueTask BatchAsync(IrcSession session, IrcMessage message)
    {
        var reference = message[0];
        if (reference.StartsWith('+') && message[1] == "draft/multiline" && session.Caps.HasFlag(IrcCaps.Multiline) && message.Count > 2 && session.Multiline is null)
        {
            session.Multiline = new Multiline(reference[1..], message[2], message.Tags, session.Replies.Label);
            // Its end is what is answered.
            session.Replies.Label = null;
        }
        else if (reference.StartsWith('-') && session.Multiline is { } open && open.Is(reference[1..]))
        {
            session.Multiline = null;
            await open.EndAsync(session);
        }
        else if (reference.StartsWith('-') && reference[1..] == session.RefusedBatch)
            session.RefusedBatch = null;
        else
        {
            if (reference.StartsWith('+'))
                session.RefusedBatch = reference[1..];
            FailUnknown(session);
        }
    }

    /// <summary>A line of a batch is part of it or of nothing: by itself it was not meant.</summary>
    internal static void Add(IrcSession session, IrcMessage message, string batch)
    {
        if (session.Multiline is { } open && open.Is(batch))
            open.Add(session, message);
        else if (batch != session.RefusedBatch)
            FailUnknown(session);
    }

    private static void FailUnknown(IrcSession session) => session.Replies.Fail("BATCH", "MULTILINE_INVALID", "There is no such batch, or another one is open");

    private bool Is(string batch) => batch == reference;

    /// <summary>Takes one more line; what is wrong with it ends the batch.</summary>
    private void Add(IrcSession session, IrcMessage message)
    {
        var isNotice = message.Command == "NOTICE";
        if (message[0] != target)
            Refuse(session, "MULTILINE_INVALID_TARGET", Targets.Word(target), Targets.Word(message[0]), "All lines go to one target");
        else if (_lines > 0 && isNotice != _isNotice)
            Refuse(session, "MULTILINE_INVALID", "All lines are PRIVMSG, or all are NOTICE");
        else if (message.Tags["draft/multiline-concat"] is not null && (message.Count < 2 || message.Parameters[1].IsEmpty))
            Refuse(session, "MULTILINE_INVALID", "A line that goes on from the one before it has something to say");
        else if (_lines == MaxLines)
            Refuse(session, "MULTILINE_MAX_LINES", Number(MaxLines), "Too many lines");
        else
        {
            var text = message.Count > 1 ? IrcText.ToBody(message.Parameters[1]) : default;
            if (message.Tags["draft/multiline-concat"] is not null)
                _cuts.Add(_body.WrittenCount);
            else if (_lines > 0)
                _body.Write("\n"u8);
            _body.Write(text.Span);
            (_isNotice, _lines) = (isNotice, _lines + 1);
            if (_body.WrittenCount > MaxBytes)
                Refuse(session, "MULTILINE_MAX_BYTES", Number(MaxBytes), "Too many bytes");
        }
    }

    private async ValueTask EndAsync(IrcSession session)
    {
        session.Replies.Label = label;
        if (_body.WrittenSpan.IndexOfAnyExcept((byte)'\n') < 0)
        {
            session.Replies.Fail("BATCH", "MULTILINE_INVALID", "Nothing but blank lines");
            return;
        }
        await TalkCommands.SayBodyAsync(session, target, _body.WrittenSpan.ToArray(), _isNotice, tags, _cuts);
    }

    private void Refuse(IrcSession session, string code, params ReadOnlySpan<string> rest)
    {
        session.Multiline = null;
        session.RefusedBatch = reference;
        session.Replies.Label = label;
        session.Replies.Fail("BATCH", code, rest);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
