using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Wire.Detection;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>What is typed at one terminal, line by line: to a prompt, as a command, or to the current room.</summary>
internal sealed class LineInput(LineSession session, LineDialect dialect)
{
    private readonly LineReader _reader = new();

    internal async Task ReadAsync()
    {
        while (!session.IsOver && !session.IsClosing && !session.IsDraining)
        {
            var result = await session.ListenAsync();
            session.Heard();
            if (result.IsCanceled)
                return;
            var buffer = result.Buffer;
            if (dialect.Observe(buffer, result.IsCompleted))
                session.ChangeFormat();
            while (!session.IsOver && !session.IsClosing && _reader.TryRead(ref buffer, out var line))
                await HandleAsync(line);
            session.Connection.Input.AdvanceTo(buffer.Start, buffer.End);
            if (!result.IsCompleted || session.IsOver || session.IsClosing)
                continue;
            // Half-closed: what was typed last is answered, too, even without its line end.
            if (_reader.TryReadLast(out var last))
                await HandleAsync(last);
            return;
        }
    }

    /// <summary>The peer is a telnet client: it is asked, once, for all eight bits.</summary>
    internal void SpeakTelnet()
    {
        if (!dialect.TryBecomeTelnet())
            return;
        session.Enqueue(Telnet.DoBinary);
        session.Queue.Flush();
    }

    private async ValueTask HandleAsync(Line line)
    {
        await session.KeepPaceAsync();
        if (_reader.IsTelnet)
            SpeakTelnet();
        if (line.Kind == LineKind.TimingMark)
        {
            session.Enqueue(Telnet.WillTimingMark);
            session.Queue.Flush();
        }
        else if (line.Kind == LineKind.Interrupt)
            return; // Ctrl-C ends nothing here: what was typed of the line is gone, and that is all
        else if (line.Kind == LineKind.TooLong)
            session.Notice(Refusal.BodyTooLarge.Sentence());
        else if (session.Prompt is { } prompt)
            await AnswerAsync(prompt, line);
        else if (Detector.IsProtocolLine(line.Text.Span))
            Refuse();
        else if (line.Text.Span.StartsWith("//"u8))
            await PostAdmittedAsync(line.Text[1..]);
        else if (line.Text.Span.StartsWith("/"u8))
            await RunCommandAsync(line);
        else if (line.Text.Span.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0)
            await PostAdmittedAsync(line.Text);
    }

    /// <summary>Where nobody could look, the prompt is over, and says how to have it back: what is typed next is no answer to it.</summary>
    private async ValueTask AnswerAsync(Func<string, ValueTask> prompt, Line line)
    {
        try
        {
            await prompt(line.ToString());
        }
        catch (StoreAwayException)
        {
            session.Notice(Refusal.StorageAway.Sentence() + " /login");
        }
    }

    /// <summary>After everything typed before it: who posts and asks for the history finds the post there.</summary>
    private async ValueTask RunCommandAsync(Line line)
    {
        await session.Lane.WhenIdle();
        try
        {
            await LineCommands.RunAsync(session, line.ToString());
        }
        catch (StoreAwayException)
        {
            session.Notice(Refusal.StorageAway.Sentence());
        }
    }

    private ValueTask PostAdmittedAsync(ReadOnlyMemory<byte> text)
    {
        if (session.IsAdmitted)
            return session.PostAsync(session.Current, text);
        session.Notice(Refusal.LoginRequired.Sentence() + " /login");
        return ValueTask.CompletedTask;
    }

    /// <summary>A password or a request that strayed into a conversation is not posted, and nothing more is read.</summary>
    private void Refuse()
    {
        session.Notice("This looks like another protocol, perhaps with a password in it: it was not posted. Goodbye.");
        session.IsOver = true;
    }
}
