using System.CommandLine;
using System.Globalization;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato room …</c>: rooms by their counts, and order in those that nobody else can see to. What was said in them is shown nowhere.</summary>
internal static class RoomCommand
{
    internal static Command Build()
    {
        var command = new Command("room", "Administer rooms, whether the server runs or not. Private and direct rooms are listed by id and counts; what was said is not shown.");
        command.Subcommands.Add(OperatorCommand.BuildList(
            "room.list", "Every room: its kind, members, newest event, and whether it is archived.", List, (request, answer) => request with { After = answer.Rooms![^1].Id }));
        command.Subcommands.Add(Create());
        command.Subcommands.Add(InRoom("archive", "Shut a room: it can be read, not changed."));
        command.Subcommands.Add(InRoom("unarchive", "Bring an archived room back."));
        command.Subcommands.Add(InRoomAbout("transfer", "Make a member of a room its owner; whoever owned it is a moderator. So the lobby gets its first owner."));
        command.Subcommands.Add(Members());
        command.Subcommands.Add(Ban());
        command.Subcommands.Add(InRoomAbout("unban", "Let somebody in again."));
        return command;
    }

    private static Command Create()
    {
        var slug = new Argument<string>("SLUG") { Description = "What it is addressed by, without #." };
        var title = new Option<string?>("--title") { Description = "What is shown. [default: the slug]", HelpName = "TEXT" };
        var isPrivate = new Option<bool>("--private") { Description = "Nobody knows of it but those who are let in: name its owner, too." };
        var owner = new Option<string?>("--owner") { Description = "Who owns it and is its first member. [default: nobody yet]", HelpName = "NICK" };
        return OperatorCommand.Build(
            "room.create", "Make a room.", answer => $"{answer.Id}",
            (request, parsed) => request with { Room = parsed.GetValue(slug), Title = parsed.GetValue(title), IsPrivate = parsed.GetValue(isPrivate), User = parsed.GetValue(owner) },
            slug, title, isPrivate, owner);
    }

    private static Command Members()
    {
        var room = Room();
        return OperatorCommand.BuildList(
            "room.members", "Who belongs to a room, and as what.",
            answer => OperatorCommand.Lines(answer.Members, m => $"{m.Nick} ({m.Role})", "Nobody belongs to this room."),
            (request, answer) => request with { After = answer.Members![^1].Id }, (request, parsed) => request with { Room = parsed.GetValue(room) }, room);
    }

    private static Command Ban()
    {
        var (room, name) = (Room(), OperatorCommand.Name());
        var time = Lifetime.Option("--for", "How long: 30m, 12h, 90d. [default: until somebody ends it]");
        return OperatorCommand.Build(
            "room.ban", "Shut somebody out of a room.", _ => "Done.",
            (request, parsed) => request with { Room = parsed.GetValue(room), User = parsed.GetValue(name), For = (long?)parsed.GetValue(time)?.TotalMilliseconds }, room, name, time);
    }

    private static Command InRoom(string act, string description)
    {
        var room = Room();
        return OperatorCommand.Build($"room.{act}", description, _ => "Done.", (request, parsed) => request with { Room = parsed.GetValue(room) }, room);
    }

    private static Command InRoomAbout(string act, string description)
    {
        var (room, name) = (Room(), OperatorCommand.Name());
        return OperatorCommand.Build(
            $"room.{act}", description, _ => "Done.", (request, parsed) => request with { Room = parsed.GetValue(room), User = parsed.GetValue(name) }, room, name);
    }

    private static Argument<string> Room() => new("ROOM") { Description = "Its slug, with or without #, or its id." };

    private static string List(OperatorAnswer answer) => OperatorCommand.Lines(
        answer.Rooms,
        r => string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Id}  {r.Kind}{(r.Slug is null ? "" : $" #{r.Slug}")}, {r.Members} members, {r.Head} events, {r.Posts} posts{(r.Archived ? ", archived" : "")}"),
        "There are no rooms.");
}
