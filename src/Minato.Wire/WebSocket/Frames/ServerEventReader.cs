namespace Minato.Wire.WebSocket.Frames;

/// <summary><c>ev</c> frames: {"op":"ev","room":R,"seq":n,"type":T,"ts":t,"from":{user},…}, with fields of their own for each type.</summary>
internal static class ServerEventReader
{
    internal static EventFrame Read(JsonFields f)
    {
        var place = new EventPlace(f.Id("room"), f.Number("seq"), f.Number("ts"), f.Object("from", ServerInfoReader.User));
        return f.Text("type") switch
        {
            "post" => new PostEvent(place, f.Number("post"), ServerInfoReader.Body(f), f.OptionalNumber("replyTo"), f.OptionalNumber("thread")),
            "edit" => new EditEvent(place, f.Number("target"), ServerInfoReader.Body(f)),
            "delete" => new DeleteEvent(place, f.Number("target")),
            "react" => new ReactEvent(place, f.Number("target"), f.Text("emoji"), f.Flag("on")),
            "pin" => new PinEvent(place, f.Number("target"), f.Flag("on")),
            "join" => new JoinEvent(place),
            "leave" => new LeaveEvent(place, f.OptionalObject("heir", ServerInfoReader.User)),
            "create" => new CreateEvent(place, f.Text("kind"), f.OptionalText("slug"), f.Text("title")),
            "topic" => new TopicEvent(place, f.Text("topic")),
            "title" => new TitleEvent(place, f.Text("title")),
            "slug" => new SlugEvent(place, f.Text("slug"), f.Text("was")),
            "archive" => new ArchiveEvent(place, f.Flag("on")),
            "newcomers" => new NewcomersEvent(place, f.OptionalHistory("history") ?? throw JsonFields.Missing("history")),
            "retention" => new RetentionEvent(place, f.OptionalNumber("days")),
            "posting" => new PostingEvent(place, f.OptionalPosting("posting") ?? throw JsonFields.Missing("posting")),
            "slow" => new SlowEvent(place, f.OptionalNumber("seconds")),
            "restrict" => new RestrictEvent(place, RestrictionNames.Read(f, "restrict"), RestrictionNames.Read(f, "free")),
            "capacity" => new CapacityEvent(place, f.OptionalNumber("members")),
            "key" => new KeyEvent(place, f.Flag("on")),
            "pattern" => new PatternEvent(place, f.Text("list"), f.Text("pattern"), f.Flag("on")),
            "transfer" => new TransferEvent(place, Subject(f)),
            "invite" => new InviteEvent(place, Subject(f)),
            "kick" => new KickEvent(place, Subject(f)),
            "ban" => new BanEvent(place, Subject(f), f.OptionalNumber("until")),
            "unban" => new UnbanEvent(place, Subject(f)),
            "mute" => new MuteEvent(place, Subject(f), f.OptionalNumber("until")),
            "unmute" => new UnmuteEvent(place, Subject(f)),
            "role" => new RoleEvent(place, Subject(f), f.Role("role")),
            "erase" => new EraseEvent(place, Subject(f), f.Number("upTo")),
            var type => new UnknownEvent(place, type),
        };
    }

    private static UserInfo Subject(JsonFields f) => f.Object("subject", ServerInfoReader.User);
}
