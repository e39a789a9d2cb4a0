using System.Text.Json;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>One JSON text → one <see cref="ServerFrame"/>, or what is wrong with it. What only a newer server says is read as unknown.</summary>
public static class ServerFrameReader
{
    /// <param name="json">UTF-8; not kept. Whoever receives it has bounded its length.</param>
    /// <param name="problem">English, for logs; null when the frame was read.</param>
    public static ServerFrame? Read(ReadOnlyMemory<byte> json, out string? problem)
    {
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            return Build(new JsonFields(document.RootElement));
        }
        catch (JsonException e)
        {
            problem = e.Message;
        }
        catch (InvalidOperationException)
        {
            problem = "A string is not UTF-8, or has half a surrogate pair.";
        }
        return null;
    }

    private static ServerFrame Build(JsonFields f) => f.Text("op") switch
    {
        "ev" => ServerEventReader.Read(f),
        "ok" => new OkFrame(
            f.Text("cid"), f.OptionalId("room"), f.OptionalNumber("seq"), f.OptionalNumber("ts"), f.OptionalObject("you", ServerInfoReader.You))
        {
            Link = f.OptionalObject("link", ServerInfoReader.Link),
            Secret = f.OptionalText("secret"),
            User = f.OptionalObject("user", ServerInfoReader.User),
        },
        "error" => new ErrorFrame(f.OptionalText("cid"), f.OptionalText("rid"), f.Text("code"), f.Text("message"), f.OptionalDuration("retryAfter")),
        "pong" => new PongFrame(),
        "eph" => Ephemeral(f),
        "read" => new ReadMovedFrame(f.Id("room"), f.Number("seq"), f.Number("unread")),
        "welcome" => Welcome(f),
        "resumed" => new ResumedFrame(f.Id("room"), f.Number("head")),
        "partial" => new PartialFrame(f.Id("room"), f.Number("from"), f.Number("head")),
        "reset" => new ResetFrame(f.Text("room"), f.Text("reason")),
        "you" => new YouFrame(f.Object("you", ServerInfoReader.You)),
        "room" => new RoomFrame(f.Object("room", ServerInfoReader.Room)),
        "gone" => new GoneFrame(f.Id("room")),
        "user" => new UserFrame(f.Object("user", ServerInfoReader.User)),
        "block" => new BlockedFrame(f.Object("user", ServerInfoReader.User), f.Flag("on")),
        "reports" => new OpenReportsFrame(f.Number("open")),
        "bye" => new ByeFrame(f.Text("code"), f.Duration("retryAfter")),
        "history" => new HistoryAnswer(
            f.OptionalText("rid"), f.Id("room"), f.Number("head"), f.Flag("more"), f.OptionalFlag("moreAfter") ?? false,
            f.List("messages", ServerInfoReader.Message)),
        "rooms" => new RoomsAnswer(f.OptionalText("rid"), f.List("rooms", ServerInfoReader.Room)),
        "who" => new WhoAnswer(
            f.OptionalText("rid"), f.Id("room"), f.List("here", ServerInfoReader.User), f.Number("count"), f.OptionalFlag("more") ?? false),
        "members" => new MembersAnswer(f.OptionalText("rid"), f.Id("room"), f.List("members", ServerInfoReader.Member), f.Flag("more")),
        "receipts" => new ReceiptsAnswer(f.OptionalText("rid"), f.Id("room"), f.List("receipts", ServerInfoReader.Receipt)),
        "bans" => new BansAnswer(f.OptionalText("rid"), f.Id("room"), f.List("bans", ServerInfoReader.Exclusion), f.List("mutes", ServerInfoReader.Exclusion))
        {
            // Servers before there were patterns say nothing of them.
            Patterns = f.OptionalList("patterns", ServerInfoReader.Pattern) ?? [],
        },
        "links" => new LinksAnswer(f.OptionalText("rid"), f.Id("room"), f.List("links", ServerInfoReader.Link)),
        "blocks" => new BlocksAnswer(f.OptionalText("rid"), f.List("blocks", ServerInfoReader.User)),
        "mentions" => new MentionsAnswer(f.OptionalText("rid"), f.Flag("more"), f.List("mentions", ServerInfoReader.Mention)),
        "pins" => new PinsAnswer(f.OptionalText("rid"), f.Id("room"), f.OptionalFlag("more") ?? false, f.List("messages", ServerInfoReader.Message)),
        "search" => new SearchAnswer(
            f.OptionalText("rid"), f.Flag("complete"), f.OptionalNumber("next"), f.List("rooms", ServerInfoReader.FoundRoom),
            f.List("results", ServerInfoReader.Found)),
        var op => new UnknownFrame(op),
    };

    private static WelcomeFrame Welcome(JsonFields f)
    {
        var (interval, timeout) = f.Object("heartbeat", h => (h.Duration("interval"), h.Duration("timeout")));
        return new WelcomeFrame(
            f.Text("server"), f.OptionalText("session"), f.Object("you", ServerInfoReader.You), f.List("rooms", ServerInfoReader.Room),
            f.Object("limits", ServerInfoReader.Limits), interval, timeout, f.Texts("capabilities"))
        {
            Blocks = f.OptionalIds("blocks"),
            Reports = f.OptionalNumber("reports"),
        };
    }

    private static ServerFrame Ephemeral(JsonFields f) => f.Text("type") switch
    {
        "presence" => new PresenceFrame(
            f.Id("room"), f.OptionalList("arrived", ServerInfoReader.User), f.OptionalList("left", ServerInfoReader.User), f.Number("count")),
        "typing" => new WritingFrame(f.Id("room"), f.List("users", ServerInfoReader.User)),
        "receipts" => new ReceiptsMovedFrame(f.Id("room"), f.List("receipts", ServerInfoReader.Receipt)),
        _ => new UnknownFrame("eph"),
    };
}
