using System.Buffers;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Reads one client's messages and has each of them answered before the next one is looked at.</summary>
internal sealed class IrcInput(IrcSession session) : IDisposable
{
    private readonly IrcReader _reader = new();
    private readonly IrcMessages? _messages = session.Frames is null ? null : new IrcMessages(session);

    public void Dispose() => _messages?.Dispose();

    internal async Task ReadAsync()
    {
        while (session.IsOpen)
        {
            var result = await session.ListenAsync();
            session.Heard();
            if (result.IsCanceled)
                return;
            var buffer = result.Buffer;
            while (session.IsOpen && TryRead(ref buffer, out var line))
                await HandleAsync(line);
            session.Connection.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    private bool TryRead(ref ReadOnlySequence<byte> buffer, out IrcLine line) =>
        _messages is null ? _reader.TryRead(ref buffer, out line) : _messages.TryRead(ref buffer, out line);

    private async ValueTask HandleAsync(IrcLine line)
    {
        await session.KeepPaceAsync();
        var replies = session.Replies;
        switch (line.Kind)
        {
            case IrcLineKind.Endless:
                session.End("Input line too long");
                return;
            case IrcLineKind.TooLong:
                replies.Add(Numeric.InputTooLong, "Input line was too long");
                break;
            case IrcLineKind.NotText:
                Label(line.Message?.Tags["label"]);
                // https://ircv3.net/specs/extensions/utf8-only
                replies.Fail(
                    line.Message?.Command is { } command && command.All(char.IsAsciiLetter) ? command : "*", "INVALID_UTF8", "Only UTF-8 is understood here, and no NUL: nothing was done");
                break;
            default:
                await AnswerAsync(line.Message!);
                break;
        }
        await replies.SendAsync();
    }

    private async ValueTask AnswerAsync(IrcMessage message)
    {
        Label(message.Tags["label"]);
        try
        {
            await IrcCommands.RunAsync(session, message);
        }
        catch (StoreAwayException)
        {
            session.Replies.Add(Numeric.UnknownError, message.Command, Refusal.StorageAway.Sentence());
        }
    }

    private void Label(string? label)
    {
        if (session.Caps.HasFlag(IrcCaps.LabeledResponse) && label is { Length: > 0 } && label.AsSpan().IndexOfAny('\0', '\uFFFD') < 0)
            session.Replies.Label = label;
    }
}
