using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>One connection's life: hello, welcome, and every frame to whom it concerns.</summary>
/// <param name="welcomed">Called before anybody is told.</param>
internal sealed class ClientSession(Link link, ClientHoldings held, Action welcomed)
{
    private readonly UpdateStream _updates = held.Updates;

    /// <summary>When it was welcomed, as a timestamp of the clock; null: it never was.</summary>
    internal long? Welcomed { get; private set; }

    /// <summary>How long the server asked to be left alone; null: it did not.</summary>
    internal TimeSpan? RetryAfter { get; private set; }

    internal async Task<SessionEnd> RunAsync()
    {
        try
        {
            link.Send(held.Hello());
            while (true)
            {
                var received = await link.ReceiveAsync();
                if (received.CloseCode is { } code)
                    return code == (int)ClientCloseCode.LoginRequired ? SessionEnd.LoginRequired : SessionEnd.Lost;
                // What cannot be read is passed over; if it was an event, the gap that it leaves makes the client resume.
                if (ServerFrameReader.Read(received.Text, out _) is { } frame && await HandleAsync(frame) is { } end)
                    return end;
            }
        }
        catch (OperationCanceledException)
        {
            return _updates.IsBehind ? SessionEnd.Behind : SessionEnd.Lost;
        }
        finally
        {
            held.Offline();
        }
    }

    private async ValueTask<SessionEnd?> HandleAsync(ServerFrame frame)
    {
        switch (frame)
        {
            case OkFrame ok:
                if (ok.You is { } renamed)
                    held.Outbox.Became(renamed.Id);
                held.Outbox.Answered(ok);
                return null;
            case ErrorFrame error:
                return await ErrorAsync(error);
            case WelcomeFrame welcome:
                await WelcomeAsync(welcome);
                return null;
            case ByeFrame bye:
                RetryAfter = bye.RetryAfter;
                return null;
            case HistoryAnswer page when held.Rooms.Questions.IsAsked(page.Rid):
                return _updates.IsBehind ? null : await RepairAsync(page);
            case AnswerFrame answer:
                held.Questions.Answered(answer);
                return null;
            default:
                // What was let go comes again with the next connection, whole.
                return _updates.IsBehind ? null : await TellAsync(frame);
        }
    }

    private async ValueTask<SessionEnd?> TellAsync(ServerFrame frame)
    {
        switch (frame)
        {
            case EventFrame ev:
                return await held.Rooms.EventAsync(ev) ? null : SessionEnd.Gap;
            case EphemeralFrame beside:
                _updates.Offer(new Beside(beside));
                break;
            case PartialFrame partial:
                held.Rooms.Partial(partial);
                held.Rooms.Questions.Ask(link);
                break;
            case ResetFrame reset:
                await held.Rooms.ResetAsync(reset);
                break;
            case RoomFrame entered:
                await held.Rooms.EnterAsync(entered.Room);
                break;
            case GoneFrame gone:
                await held.Rooms.GoneAsync(gone.Room);
                break;
            case YouFrame you:
                held.Became(you.You);
                await held.TellAsync(new YouChanged(you.You), []);
                break;
            case UserFrame renamed:
                await held.TellAsync(new Renamed(renamed.User), []);
                break;
            case BlockedFrame blocked:
                await held.TellAsync(new Blocked(blocked.User, blocked.On), []);
                break;
            case OpenReportsFrame reports:
                await held.TellAsync(new ReportsOpen(reports.Open), []);
                break;
            case ReadMovedFrame moved:
                await held.TellAsync(new ReadMoved(moved.Room, moved.Seq, moved.Unread), []);
                break;
        }
        return null;
    }

    private async ValueTask WelcomeAsync(WelcomeFrame frame)
    {
        Welcomed = held.Options.Time.GetTimestamp();
        link.Heartbeat = new Heartbeat(held.Options.Time, frame.HeartbeatInterval, frame.HeartbeatTimeout, () => link.Send(new PingFrame()), link.End);
        held.Welcomed(frame, link);
        welcomed();
        await held.Rooms.WelcomeAsync(frame);
    }

    private async ValueTask<SessionEnd?> ErrorAsync(ErrorFrame error)
    {
        if (error.Code == "login_required" && Welcomed is null)
            return SessionEnd.LoginRequired;
        if (error.Cid is not null)
            held.Outbox.Answered(error);
        else if (!held.Rooms.Questions.IsAsked(error.Rid))
            held.Questions.Answered(error);
        else if (Retry.After(error) is { } wait)
            link.SendLater(held.Rooms.Questions.Asked!, wait, held.Options.Time);
        else if (held.Rooms.Questions.Take(error.Rid) is { } repair)
        {
            await held.Rooms.GiveUpAsync(repair);
            held.Rooms.Questions.Ask(link);
        }
        return null;
    }

    private async ValueTask<SessionEnd?> RepairAsync(HistoryAnswer page)
    {
        var isWhole = await held.Rooms.RepairAsync(page);
        held.Rooms.Questions.Ask(link);
        return isWhole ? null : SessionEnd.Gap;
    }
}
