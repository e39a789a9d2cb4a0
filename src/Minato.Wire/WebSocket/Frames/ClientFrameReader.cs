using System.Text.Json;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>One JSON text → one <see cref="ClientFrame"/>, or what is wrong with it.</summary>
public static class ClientFrameReader
{
    /// <param name="json">Valid UTF-8; not kept.</param>
    public static ClientFrame? Read(ReadOnlySpan<byte> json, out FrameProblem? problem) => Read(new FrameFields(), json, Build, out problem);

    /// <summary>What the fields are to say besides what they hold already, and the frame that they make.</summary>
    internal static ClientFrame? Read(FrameFields fields, ReadOnlySpan<byte> json, Func<FrameFields, ClientFrame> build, out FrameProblem? problem)
    {
        problem = null;
        try
        {
            fields.Read(json);
            return build(fields);
        }
        catch (FrameException e)
        {
            problem = Problem(e.Code, e.Message, json);
        }
        catch (JsonException e)
        {
            // The reader's own words repeat what was wrong, however long it was.
            problem = Problem("bad_frame", $"This is not JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on.", json);
        }
        catch (InvalidOperationException)
        {
            problem = Problem("bad_frame", "A string has half a surrogate pair.", json);
        }
        return null;
    }

    private static ClientFrame Build(FrameFields f) => Build(f.Op, f);

    internal static ClientFrame Build(string? op, FrameFields f) => op switch
    {
        "send" => new SendFrame(Cid(f), Room(f), f.Body ?? throw Missing("body"), f.ReplyTo),
        "edit" => new EditFrame(Cid(f), Room(f), Seq(f), f.Body ?? throw Missing("body")),
        "delete" => new DeleteFrame(Cid(f), Room(f), Seq(f)),
        "react" => new ReactFrame(Cid(f), Room(f), Seq(f), f.Emoji ?? throw Missing("emoji"), f.On ?? true),
        "pin" => new PinFrame(Cid(f), Room(f), Seq(f), f.On ?? true),
        "report" => new ReportFrame(Cid(f), Room(f), Seq(f), f.Reason ?? ""),
        "block" => new BlockFrame(Cid(f), User(f), f.On ?? true),
        "blocks" => new BlocksFrame(Rid(f)),
        "read" => new ReadFrame(Room(f), Seq(f)),
        "ping" => new PingFrame(),
        "history" => new HistoryFrame(Rid(f), Room(f), Page(f), f.Thread),
        "typing" => new TypingFrame(Room(f)),
        "who" => new WhoFrame(Rid(f), Room(f), AfterUser(f)),
        "members" => new MembersFrame(Rid(f), Room(f), AfterUser(f), Limit(f, ifAbsent: 200, max: 500)),
        "receipts" => new ReceiptsFrame(Rid(f), Room(f)),
        "mentions" => new MentionsFrame(Rid(f), Limit(f)),
        "pins" => new PinsFrame(Rid(f), Room(f)),
        "rooms" => new RoomsFrame(Rid(f)),
        "search" => new SearchFrame(
            Rid(f), f.Query ?? throw Missing("query"), f.Room is null ? null : Room(f), f.Before, Limit(f, SearchRequest.DefaultLimit, SearchRequest.MaxLimit)),
        "join" when f.Link is { } link => JoinByLink(f, link),
        "join" => new JoinFrame(Cid(f), Room(f), f.Key),
        "leave" => new LeaveFrame(Cid(f), Room(f)),
        "topic" => new TopicFrame(Cid(f), Room(f), f.Topic ?? throw Missing("topic")),
        "title" => new TitleFrame(Cid(f), Room(f), f.Title ?? throw Missing("title")),
        "slug" => new SlugFrame(Cid(f), Room(f), f.Slug ?? throw Missing("slug")),
        "archive" => new ArchiveFrame(Cid(f), Room(f), f.On ?? true),
        "newcomers" => new NewcomersFrame(Cid(f), Room(f), History(f) ?? throw Missing("history")),
        "retention" => new RetentionFrame(Cid(f), Room(f), f.Days),
        "posting" => new PostingFrame(Cid(f), Room(f), Posting(f) ?? throw Missing("posting")),
        "slow" => new SlowFrame(Cid(f), Room(f), f.Seconds),
        "restrict" => new RestrictFrame(Cid(f), Room(f), f.Restrict ?? Restrictions.None, f.Free ?? Restrictions.None) is var restrict && (restrict.On | restrict.Off) != Restrictions.None
            ? restrict
            : throw Missing("restrict"),
        "capacity" => new CapacityFrame(Cid(f), Room(f), f.Members),
        "key" => new KeyFrame(Cid(f), Room(f), f.Key),
        "pattern" => new PatternFrame(Cid(f), Room(f), List(f), f.Pattern ?? throw Missing("pattern"), f.On ?? true),
        "link" => new LinkFrame(Cid(f), Room(f), f.Until, f.Uses),
        "unlink" => new UnlinkFrame(Cid(f), Room(f), Link(f)),
        "bans" => new BansFrame(Rid(f), Room(f)),
        "links" => new LinksFrame(Rid(f), Room(f)),
        "transfer" => new TransferFrame(Cid(f), Room(f), User(f)),
        "erase" => new EraseFrame(Cid(f), Room(f), User(f)),
        "invite" => new InviteFrame(Cid(f), Room(f), User(f)),
        "kick" => new KickFrame(Cid(f), Room(f), User(f)),
        "ban" => new BanFrame(Cid(f), Room(f), User(f), f.On ?? true, f.Until),
        "mute" => new MuteFrame(Cid(f), Room(f), User(f), f.On ?? true, f.Until),
        "role" => new RoleFrame(Cid(f), Room(f), User(f), Role(f)),
        "nick" => new NickFrame(Cid(f), f.Nick ?? throw Missing("nick")),
        "create" => new CreateFrame(Cid(f), f.Kind ?? "public", f.Slug ?? throw Missing("slug"), f.Title ?? "", History(f)),
        "direct" => new DirectFrame(Cid(f), Users(f)),
        "hello" => new HelloFrame(f.Session, f.Token, Resume(f)) { Ticket = f.Ticket, Wants = f.Wants },
        null => throw Missing("op"),
        _ => throw new FrameException("unknown_op", "There is no such op."),
    };

    internal static ClientId Cid(FrameFields f)
    {
        if (f.Cid is not { } text)
            throw Missing("cid");
        return ClientId.TryCreate(text, out var cid)
            ? cid
            : throw new FrameException("bad_cid", "A cid is 1 to 64 printable ASCII characters.");
    }

    internal static long Seq(FrameFields f) => f.Seq ?? throw Missing("seq");

    private static string User(FrameFields f) => f.User ?? throw Missing("user");

    private static List<string> Users(FrameFields f) => (f.User, f.Users) switch
    {
        ({ } one, null) => [one],
        (null, { } all) => all,
        (null, null) => throw Missing("users"),
        _ => throw new FrameException("bad_frame", "\"user\" and \"users\" exclude each other."),
    };

    private static JoinByLinkFrame JoinByLink(FrameFields f, string link) => new JoinByLinkFrame(Cid(f), link) is var frame && f.Room is null
        ? frame
        : throw new FrameException("bad_frame", "\"room\" and \"link\" exclude each other: a link says which room it is.");

    private static Guid Link(FrameFields f) => Guid.TryParseExact(f.Link ?? throw Missing("link"), "D", out var id)
        ? id
        : throw new FrameException("bad_frame", "\"link\" is a link's id here.");

    internal static Posting? Posting(FrameFields f) => f.Posting switch
    {
        "everyone" => Core.Rooms.Posting.Everyone,
        "moderators" => Core.Rooms.Posting.Moderators,
        null => null,
        _ => throw new FrameException("bad_frame", "\"posting\" is everyone or moderators."),
    };

    private static PatternList List(FrameFields f) => PatternLists.Parse(f.List ?? throw Missing("list"))
        ?? throw new FrameException("bad_frame", "\"list\" is ban, mute, ban_exception, mute_exception or invite_exception.");

    private static Standing Role(FrameFields f) => f.Role switch
    {
        "member" => Standing.Member,
        "speaker" => Standing.Speaker,
        "helper" => Standing.Helper,
        "moderator" => Standing.Moderator,
        "owner" => Standing.Owner,
        null => throw Missing("role"),
        _ => throw new FrameException("bad_frame", "\"role\" is member, speaker, helper, moderator or owner."),
    };

    internal static HistoryView? History(FrameFields f) => f.History switch
    {
        "joined" => HistoryView.Joined,
        "all" => HistoryView.All,
        null => null,
        _ => throw new FrameException("bad_frame", "\"history\" is joined or all."),
    };

    private static string? Rid(FrameFields f) => f.Rid is null || ClientId.TryCreate(f.Rid, out _)
        ? f.Rid
        : throw new FrameException("bad_frame", "A rid is 1 to 64 printable ASCII characters.");

    internal static RoomRef Room(FrameFields f) => RoomRef.Parse(f.Room ?? throw Missing("room"))
        ?? throw new FrameException("bad_frame", "\"room\" is neither a room's id nor \"#slug\".");

    private static List<(RoomRef, long)> Resume(FrameFields f)
    {
        if (f.Ver is not 1)
            throw new FrameException("bad_frame", "This server speaks \"ver\":1.");
        return [.. f.Resume.Select(r => (RoomRef.Parse(r.Key) ?? new RoomRef(Guid.Empty, null), r.Value))];
    }

    private static PageRequest Page(FrameFields f)
    {
        if (f is { Before: not null, After: not null } or { Around: not null, Before: not null } or { Around: not null, After: not null })
            throw new FrameException("bad_frame", "\"before\", \"after\" and \"around\" exclude each other.");
        return f.AfterUser is null
            ? new PageRequest(f.Before, f.After, Limit(f)) { Around = f.Around }
            : throw new FrameException("bad_frame", "\"after\" is a whole number from 0 on.");
    }

    internal static int Limit(FrameFields f, int ifAbsent = PageRequest.DefaultLimit, int max = PageRequest.MaxLimit)
    {
        var limit = f.Limit ?? ifAbsent;
        return limit >= 1 && limit <= max ? (int)limit : throw new FrameException("bad_frame", $"\"limit\" is 1 to {max}.");
    }

    internal static Guid? AfterUser(FrameFields f) => (f.After, f.AfterUser) switch
    {
        (null, null) => null,
        (null, { } text) when Guid.TryParseExact(text, "D", out var uid) => uid,
        _ => throw new FrameException("bad_frame", "\"after\" is a user's id."),
    };

    private static FrameProblem Problem(string code, string message, ReadOnlySpan<byte> json)
    {
        var (cid, rid) = FrameIds.Find(json);
        return new FrameProblem(code, message, cid, rid);
    }

    private static FrameException Missing(string field) => new("bad_frame", $"\"{field}\" is missing.");
}
