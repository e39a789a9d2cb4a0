using System.Buffers;
using System.Globalization;
using System.Text;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>
/// What one command is answered with: sent when the command is done, under its label where it has one. Belongs to the session's loop.
/// https://ircv3.net/specs/extensions/labeled-response
/// </summary>
internal sealed class IrcReplies(IrcSession session)
{
    /// <summary>Bytes that are queued at once: a quarter of what may wait, so that there is always room for them some time.</summary>
    private const int MostAtOnce = 256 * 1024;

    /// <summary>What is written of the answer; null: nothing yet.</summary>
    private ArrayBufferWriter<byte>? _output;
    private int _batches;

    /// <summary>The batch that was begun ahead, for an answer of which parts come by other ways; null: none.</summary>
    private string? _batch;

    /// <summary>The label of the command that is being answered; null: none.</summary>
    internal string? Label { get; set; }

    /// <summary>Whether the answer comes by another way: with the event that the command became.</summary>
    internal bool IsAnswered { get; set; }

    /// <summary>What is written to it is sent behind what is there.</summary>
    internal IBufferWriter<byte> Output => _output ??= new ArrayBufferWriter<byte>(512);

    internal IrcWriter Writer => new(Output);

    /// <summary>What was written so far.</summary>
    internal byte[] Written => Said.ToArray();

    /// <summary>A reply by number; the last parameter may be any text.</summary>
    internal void Add(Numeric numeric, params ReadOnlySpan<string> parameters)
    {
        var writer = Begin(numeric);
        for (var i = 0; i < parameters.Length - 1; i++)
            writer.Word(parameters[i]);
        writer.End(parameters[^1]);
    }

    /// <summary>The beginning of one whose parameters follow.</summary>
    internal IrcWriter Begin(Numeric numeric) => Writer.Begin(session.Network.Server, ((int)numeric).ToString("000", CultureInfo.InvariantCulture)).Word(session.ShownNick);

    /// <summary>A command of the server's.</summary>
    internal IrcWriter Begin(string command) => Writer.Begin(session.Network.Server, command);

    // FAIL command code *( context ) :description   https://ircv3.net/specs/extensions/standard-replies
    internal void Fail(string command, string code, params ReadOnlySpan<string> rest)
    {
        var writer = Begin("FAIL").Word(command).Word(code);
        for (var i = 0; i < rest.Length - 1; i++)
            writer.Word(rest[i]);
        writer.End(rest[^1]);
    }

    internal void Notice(string text) => Begin("NOTICE").Word(session.ShownNick).End(text);

    /// <summary>A name for a batch, of this connection's.</summary>
    internal string NextBatch() => $"b{++_batches}";

    /// <summary>
    /// Says that this part of a labelled answer, which comes with an event in its place among the room's, is one of several: they and what is
    /// written here are one batch. While the session's loop waits for the event, for which whoever makes it known may ask.
    /// </summary>
    /// <returns>The batch, and what begins it; nothing where it has begun.</returns>
    internal (string Batch, byte[] Opening) Gather()
    {
        if (_batch is { } begun)
            return (begun, []);
        _batch = NextBatch();
        return (_batch, IrcFormat.Written(output => Opening(output, Label!, _batch)));
    }

    /// <summary>Whether an answer of several parts is to be expected: one that has begun, or a command of several targets.</summary>
    internal bool IsGathered { get; set; }

    /// <summary>Sends all of it.</summary>
    internal async ValueTask SendAsync()
    {
        var bytes = _batch is { } batch ? Gathered(batch) : Label is { } label && !IsAnswered ? Labelled(label) : Written;
        (Label, IsAnswered, IsGathered, _batch) = (null, false, false, null);
        Forget();
        for (var rest = bytes.AsMemory(); !rest.IsEmpty;)
        {
            var length = rest.Length <= MostAtOnce ? rest.Length : rest.Span[..MostAtOnce].LastIndexOf((byte)'\n') + 1;
            await session.EnqueueWhenRoomAsync(session.Format.Framed(rest.Span[..length]));
            rest = rest[length..];
        }
    }

    /// <summary>Sends what is there now, where nothing has to be gathered under a label.</summary>
    internal void SendNow()
    {
        if (Label is not null || Said.IsEmpty)
            return;
        session.Enqueue(session.Format.Framed(Said));
        session.Queue.Flush();
        Forget();
    }

    /// <summary>Says nothing of what is there.</summary>
    internal void Forget() => _output = null;

    private ReadOnlySpan<byte> Said => _output is null ? [] : _output.WrittenSpan;

    /// <summary>Nothing: ACK. One line: with the label. More: a batch with it.</summary>
    private byte[] Labelled(string label)
    {
        var tag = $"label={IrcTags.Escape(label)}";
        var lines = Lines(Said);
        if (lines.Count == 0)
            return IrcFormat.Written(output => new IrcWriter(output).Tag("label", label).Begin(session.Network.Server, "ACK").End());
        var all = new ArrayBufferWriter<byte>(Said.Length + 128);
        if (lines.Count == 1)
        {
            Tagged(all, Said[lines[0]], tag);
            return all.WrittenSpan.ToArray();
        }
        var batch = NextBatch();
        Opening(all, label, batch);
        all.Write(Gathered(batch));
        return all.WrittenSpan.ToArray();
    }

    /// <summary>What is there, in a batch that has begun, and its end.</summary>
    private byte[] Gathered(string batch)
    {
        var all = new ArrayBufferWriter<byte>(Said.Length + 128);
        foreach (var range in Lines(Said))
            Tagged(all, Said[range], $"batch={batch}");
        new IrcWriter(all).Begin(session.Network.Server, "BATCH").Word($"-{batch}").End();
        return all.WrittenSpan.ToArray();
    }

    private void Opening(IBufferWriter<byte> output, string label, string batch) =>
        new IrcWriter(output).Tag("label", label).Begin(session.Network.Server, "BATCH").Word($"+{batch}").Word("labeled-response").End();

    /// <summary>A line that is in a batch of its own is in the outer one by that.</summary>
    private static void Tagged(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> line, string tag)
    {
        var tags = line[0] == '@' ? line[1..line.IndexOf((byte)' ')] : default;
        if (tags.StartsWith("batch="u8) || tags.IndexOf(";batch="u8) >= 0)
        {
            output.Write(line);
            return;
        }
        Encoding.UTF8.GetBytes(tags.IsEmpty ? $"@{tag} " : $"@{tag};", output);
        output.Write(tags.IsEmpty ? line : line[1..]);
    }

    private static List<Range> Lines(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<Range>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = start + bytes[start..].IndexOf((byte)'\n') + 1;
            lines.Add(start..end);
            start = end;
        }
        return lines;
    }
}
