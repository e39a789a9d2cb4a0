using System.Text;
using System.Text.Unicode;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Http;

/// <summary>
/// One HTTP request → the frame that says the same over WebSocket, or what is wrong with it. What stands in the address stands in fields
/// of the same names; docs/protocols/http.md is the authority.
/// </summary>
public static class RequestReader
{
    /// <param name="op">What the request is about: an <c>op</c> of WebSocket, or one of those below.</param>
    /// <param name="isMutation">Whether it must carry a client id.</param>
    /// <param name="on">What the method says where there is a field <c>on</c>.</param>
    /// <param name="given">What the address and the headers say.</param>
    /// <param name="body">Not checked, not kept; empty where there is none.</param>
    public static ClientFrame? Read(
        string op, bool isMutation, bool? on, IEnumerable<(string Name, string Value)> given, ReadOnlySpan<byte> body, out FrameProblem? problem)
    {
        var fields = new FrameFields(op);
        if (on is { } isOn)
            fields.TurnOn(isOn);
        try
        {
            foreach (var (name, value) in given)
                fields.Set(name, name == "room" ? RoomName(value) : value);
        }
        catch (FrameException e)
        {
            problem = new FrameProblem(e.Code, e.Message, Cid: null, Rid: null);
            return null;
        }
        if (!Utf8.IsValid(body))
        {
            problem = new FrameProblem("bad_frame", "The body is not valid UTF-8.", Cid: null, Rid: null);
            return null;
        }
        return ClientFrameReader.Read(fields, body.IsEmpty ? "{}"u8 : body, f => Build(op, isMutation, f), out problem);
    }

    /// <summary>In an address a room is its id or its slug: a <c>#</c> would begin the fragment.</summary>
    private static string RoomName(string text) => Guid.TryParseExact(text, "D", out _) || text.StartsWith('#') ? text : "#" + text;

    private static ClientFrame Build(string op, bool isMutation, FrameFields f) => op switch
    {
        _ when isMutation && f.Cid is null => throw new FrameException(
            "bad_cid", "A change carries a client id: the header Idempotency-Key, or \"cid\" in the body. Sent again, it gets the first answer."),
        _ when AccountRequests.Knows(op) => AccountRequests.Build(op, f),
        "session" => new SessionFrame(f.Nick),
        "ticket" => new TicketFrame(Person(f), f.Nick),
        "me" => new MeFrame(),
        "list" => new RoomListFrame(IsPublic(f), ClientFrameReader.AfterUser(f), ClientFrameReader.Limit(f, ifAbsent: 100, max: 500)),
        "room" => new OneRoomFrame(ClientFrameReader.Room(f)),
        "message" => new MessageFrame(ClientFrameReader.Room(f), ClientFrameReader.Seq(f)),
        "events" => new EventsFrame(ClientFrameReader.Room(f), AfterSeq(f), ClientFrameReader.Limit(f, EventsFrame.DefaultLimit, EventsFrame.MaxLimit), Wait(f)),
        "upload" => new UploadFrame(ClientFrameReader.Cid(f), ClientFrameReader.Room(f), FileName(f)),
        "file" => new DownloadFrame(File(f)),
        "remove_file" => new RemoveFileFrame(File(f)),
        "change" => RoomChange.Build(ClientFrameReader.Cid(f), ClientFrameReader.Room(f), f),
        _ => ClientFrameReader.Build(op, f),
    };

    private static string? Person(FrameFields f) => f.Person is null || (f.Person.Length > 0 && Encoding.UTF8.GetByteCount(f.Person) <= TicketFrame.MaxPerson)
        ? f.Person
        : throw new FrameException("bad_frame", $"\"person\" is 1 to {TicketFrame.MaxPerson} bytes.");

    private static string FileName(FrameFields f) => f.Name is { Length: > 0 and <= UploadFrame.MaxName } name
        ? name
        : throw new FrameException("bad_frame", $"\"name\" is 1 to {UploadFrame.MaxName} characters.");

    private static Guid File(FrameFields f) => Guid.TryParseExact(f.Id, "D", out var id) ? id : throw new FrameException("bad_frame", "\"id\" is not a UUID.");

    private static bool IsPublic(FrameFields f) => f.List switch
    {
        null or "mine" => false,
        "public" => true,
        _ => throw new FrameException("bad_frame", "\"list\" is mine or public."),
    };

    private static long? AfterSeq(FrameFields f) => f.AfterUser is null
        ? f.After
        : throw new FrameException("bad_frame", "\"after\" is a whole number from 0 on.");

    private static TimeSpan Wait(FrameFields f)
    {
        var wait = f.Wait ?? 0;
        return wait <= EventsFrame.MaxWait.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(wait)
            : throw new FrameException("bad_frame", $"\"wait\" is 0 to {EventsFrame.MaxWait.TotalMilliseconds} ms.");
    }
}
