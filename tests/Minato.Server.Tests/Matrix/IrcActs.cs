using Minato.Core.Rights;
using Minato.Wire.Irc;

namespace Minato.Server.Tests.Matrix;

/// <summary>The actions that there are over IRC; what came of each as the number or the code with which clients are told, null for done.</summary>
internal static class IrcActs
{
    public static bool Knows(RoomAction action) => action is RoomAction.Read or RoomAction.Post or RoomAction.Delete or RoomAction.React or RoomAction.Join
        or RoomAction.JoinByLink or RoomAction.Leave or RoomAction.SetTopic or RoomAction.SetSlug or RoomAction.Invite or RoomAction.Kick or RoomAction.Ban or RoomAction.Unban
        or RoomAction.Mute or RoomAction.Unmute or RoomAction.SetRole or RoomAction.SetPosting or RoomAction.Restrict;

    public static async Task<string?> DoAsync(IrcClient client, MatrixScene scene, RoomAction action, bool isFavoured)
    {
        var room = $"#{scene.Room.Slug}";
        var subject = (isFavoured ? scene.Subject : scene.Top).Nick;
        string Message(long own, long other) => IrcNames.MessageId(scene.Room.Uid, isFavoured ? own : other);
        if (action == RoomAction.Post)
            await PassOnAsync(client, room);
        var answers = await client.DoAsync(action switch
        {
            RoomAction.Read => $"TOPIC {room}",
            RoomAction.Post => $"PRIVMSG {room} :said",
            RoomAction.Delete => $"REDACT {room} {Message(scene.OwnMessage, scene.OthersMessage)}",
            RoomAction.React => $"@+draft/react=x;+draft/reply={IrcNames.MessageId(scene.Room.Uid, scene.OthersMessage)} TAGMSG {room}",
            RoomAction.Join => $"JOIN {room}",
            RoomAction.JoinByLink => $"JOIN {room} join={scene.Secret.Text}",
            RoomAction.Leave => $"PART {room}",
            RoomAction.SetTopic => $"TOPIC {room} :of this room",
            RoomAction.SetSlug => $"RENAME {room} #x-{Guid.NewGuid():N}",
            RoomAction.Invite => $"INVITE {scene.Top.Nick} {room}",
            RoomAction.Kick => $"KICK {room} {subject}",
            RoomAction.Ban => $"MODE {room} +b {subject}",
            RoomAction.Unban => $"MODE {room} -b {subject}",
            RoomAction.Mute => $"MODE {room} +b m:{subject}",
            RoomAction.Unmute => $"MODE {room} -b m:{subject}",
            // What whoever gives anything may give.
            RoomAction.SetRole => $"MODE {room} +v {subject}",
            RoomAction.SetPosting => $"MODE {room} +m",
            RoomAction.Restrict => $"MODE {room} +t",
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        });
        return answers.Select(Refusal).FirstOrDefault(r => r is not null);
    }

    /// <summary>Where one may post, one may pass on what is kept nowhere, and only there.</summary>
    private static async Task PassOnAsync(IrcClient client, string room)
    {
        var said = (await client.DoAsync($"@+typing=active TAGMSG {room}")).Select(Refusal).FirstOrDefault(r => r is not null);
        foreach (var line in new[] { $"PRIVMSG {room} :\u0001VERSION\u0001", $"PRIVMSG {room} :said before" })
            Assert.Equal(said, (await client.DoAsync(line)).Select(Refusal).FirstOrDefault(r => r is not null));
    }

    /// <summary>The code of the matrix as IRC says it.</summary>
    public static string? AsNumber(RoomAction action, string? code) => (action, code) switch
    {
        (_, null) => null,
        (RoomAction.Post, "no_such_room") => "403",
        (RoomAction.Post, _) => "404",
        (RoomAction.Delete, "no_such_room" or "not_a_member") => "INVALID_TARGET",
        (RoomAction.Delete, _) => "REDACT_FORBIDDEN",
        (RoomAction.Join or RoomAction.JoinByLink, "no_such_room" or "no_such_link") => "473",
        (RoomAction.Join, "invite_only") => "473",
        (RoomAction.Join, "forbidden") => "474",
        (RoomAction.Join, "wrong_key") => "475",
        (RoomAction.Leave, "forbidden") => "442",
        (_, "no_such_room") => "403",
        (_, "not_a_member") => "442",
        (RoomAction.SetSlug, "archived") => "CANNOT_RENAME",
        (_, "archived") => "400",
        _ => "482",
    };

    /// <summary>What a line refuses with; null: it is none that does, or one of the answers of what was done.</summary>
    private static string? Refusal(string line)
    {
        var words = line.Split(' ');
        return words[1] == "FAIL" ? words[3] : words[1] is "331" or "332" or "341" or "353" or "366" or "443" || !int.TryParse(words[1], out _) ? null : words[1];
    }
}
