using System.Collections.Frozen;

namespace Minato.Server.Sessions.Lines;

/// <summary>What can be typed behind a slash.</summary>
/// <param name="Usage">As /help shows it.</param>
/// <param name="NeedsAdmission">Whether it waits until whatever login is needed was made.</param>
internal sealed record LineCommand(string Usage, string Help, bool NeedsAdmission, Func<LineSession, string, ValueTask> Run);

/// <summary>The commands of the line protocol, in the order in which /help lists them.</summary>
internal static class LineCommands
{
    private static readonly LineCommand[] All =
    [
        new("/nick NAME", "take a name", NeedsAdmission: true, TalkCommands.NickAsync),
        new("/join #ROOM [KEY]|LINK", "enter a room, or make it; come by a link", NeedsAdmission: true, RoomCommands.JoinAsync),
        new("/leave [#ROOM]", "leave it", NeedsAdmission: true, RoomCommands.LeaveAsync),
        new("/rooms", "list the public rooms", NeedsAdmission: true, RoomCommands.ListAsync),
        new("/who [#ROOM]", "who is there", NeedsAdmission: true, RoomCommands.WhoAsync),
        new("/topic [TEXT]", "show or set the room's topic", NeedsAdmission: true, RoomCommands.TopicAsync),
        new("/msg NAME TEXT", "say something to one person", NeedsAdmission: true, TalkCommands.MessageAsync),
        new("/me TEXT", "say what you do", NeedsAdmission: true, TalkCommands.MeAsync),
        new("/history [N]", "the last N messages of this room (20)", NeedsAdmission: true, HistoryCommands.HistoryAsync),
        new("/since SEQ", "the messages after number SEQ", NeedsAdmission: true, HistoryCommands.SinceAsync),
        new("/block NAME", "hear no more of somebody; /block lists whom", NeedsAdmission: true, SafetyCommands.BlockAsync),
        new("/unblock NAME", "hear them again", NeedsAdmission: true, SafetyCommands.UnblockAsync),
        new("/report SEQ WHY", "report message SEQ to those who run the server", NeedsAdmission: true, SafetyCommands.ReportAsync),
        new("/bans", "who is banned or muted here, by name or by a pattern", NeedsAdmission: true, ExclusionCommands.ListAsync),
        new("/unban LIST WHOM", "end one of them, as /bans shows it", NeedsAdmission: true, ExclusionCommands.EndAsync),
        new("/login [NAME]", "log in: with a password, or without NAME by a token", NeedsAdmission: false, LoginCommand.RunAsync),
        new("/quit", "goodbye", NeedsAdmission: false, QuitAsync),
        new("/help", "this list; //text says /text", NeedsAdmission: false, HelpAsync),
    ];

    private static readonly FrozenDictionary<string, LineCommand> ByName =
        All.ToFrozenDictionary(c => c.Usage.Split(' ')[0], StringComparer.OrdinalIgnoreCase);

    /// <param name="line">With its slash.</param>
    internal static ValueTask RunAsync(LineSession session, string line)
    {
        var space = line.IndexOf(' ');
        var name = space < 0 ? line.TrimEnd() : line[..space];
        if (!ByName.TryGetValue(name, out var command))
            return Say(session, $"There is no {Shorten(name)}. /help lists what there is; /{Shorten(name)} posts it as a message.");
        if (command.NeedsAdmission && !session.IsAdmitted)
            return Say(session, "Log in first: /login");
        return command.Run(session, space < 0 ? "" : line[space..].Trim());
    }

    internal static ValueTask Say(LineSession session, string text)
    {
        session.Notice(text);
        return ValueTask.CompletedTask;
    }

    private static ValueTask HelpAsync(LineSession session, string arguments)
    {
        var width = All.Max(c => c.Usage.Length) + 2;
        foreach (var command in All)
            session.Notice(command.Usage.PadRight(width) + command.Help);
        return ValueTask.CompletedTask;
    }

    private static ValueTask QuitAsync(LineSession session, string arguments)
    {
        session.IsOver = true;
        return Say(session, "Goodbye.");
    }

    private static string Shorten(string name) => name.Length <= 32 ? name : name[..32] + "…";
}
