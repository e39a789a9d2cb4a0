using Minato.Core.Rights;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Matrix;

/// <summary>Each action as a frame; what came of it as the protocol's code, null for done.</summary>
internal static class WebSocketActs
{
    public static async Task<string?> DoAsync(string url, MatrixScene scene, RoomAction action, bool isFavoured)
    {
        using var actor = await WsClient.ConnectAsync(url);
        await actor.HelloAsync(scene.Session.Text);
        var answer = await actor.AskAsync(Frame(scene, action, isFavoured), "1");
        return WsClient.Op(answer) == "error" ? answer.GetProperty("code").GetString() : null;
    }

    private static object Frame(MatrixScene scene, RoomAction action, bool isFavoured)
    {
        var (room, cid) = (scene.Room.Uid, "1");
        var seq = isFavoured ? scene.OwnMessage : scene.OthersMessage;
        var user = (isFavoured ? scene.Subject : scene.Top).Uid;
        return action switch
        {
            RoomAction.Read => new { op = "history", rid = "1", room },
            RoomAction.Post => new { op = "send", cid, room, body = "x" },
            RoomAction.Edit => new { op = "edit", cid, room, seq, body = "x" },
            RoomAction.Delete => new { op = "delete", cid, room, seq },
            RoomAction.React => new { op = "react", cid, room, seq, emoji = "x" },
            RoomAction.Pin => new { op = "pin", cid, room, seq },
            RoomAction.Report => new { op = "report", cid, room, seq, reason = "x" },
            RoomAction.Join => new { op = "join", cid, room },
            RoomAction.JoinByLink => new { op = "join", cid, link = scene.Secret.Text },
            RoomAction.Leave => new { op = "leave", cid, room },
            // A read position is not answered; what others have read is asked under the same right.
            RoomAction.MarkRead => new { op = "receipts", rid = "1", room },
            RoomAction.SetTopic => new { op = "topic", cid, room, topic = "x" },
            RoomAction.SetTitle => new { op = "title", cid, room, title = "x" },
            RoomAction.SetSlug => new { op = "slug", cid, room, slug = $"x-{Guid.NewGuid():N}" },
            RoomAction.Invite => new { op = "invite", cid, room, user },
            RoomAction.MakeLink => new { op = "link", cid, room },
            RoomAction.RevokeLink => new { op = "unlink", cid, room, link = isFavoured ? scene.OwnLink : scene.OthersLink },
            RoomAction.Kick => new { op = "kick", cid, room, user },
            RoomAction.Ban => new { op = "ban", cid, room, user },
            RoomAction.Unban => new { op = "ban", cid, room, user, on = false },
            RoomAction.Mute => new { op = "mute", cid, room, user },
            RoomAction.Unmute => new { op = "mute", cid, room, user, on = false },
            RoomAction.SetRole => new { op = "role", cid, room, user, role = "member" },
            RoomAction.StepDown => new { op = "role", cid, room, user = scene.Actor.Uid, role = "member" },
            RoomAction.Transfer => new { op = "transfer", cid, room, user = scene.Subject.Nick },
            RoomAction.Archive => new { op = "archive", cid, room },
            RoomAction.Unarchive => new { op = "archive", cid, room, on = false },
            RoomAction.SetHistory => new { op = "newcomers", cid, room, history = "joined" },
            RoomAction.SetRetention => new { op = "retention", cid, room, days = 30 },
            RoomAction.SetPosting => new { op = "posting", cid, room, posting = "moderators" },
            RoomAction.SetSlowMode => new { op = "slow", cid, room, seconds = 30 },
            RoomAction.Restrict => new { op = "restrict", cid, room, restrict = new[] { "topic_locked" } },
            RoomAction.EraseMessages => new { op = "erase", cid, room, user },
            RoomAction.EraseOwn => new { op = "erase", cid, room, user = scene.Actor.Uid },
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        };
    }
}
