using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Server.Http.Api;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Tests.Matrix;

/// <summary>Each action as a request; what came of it as the protocol's code, null for done.</summary>
internal static class HttpActs
{
    public static async Task<string?> DoAsync(string url, MatrixScene scene, RoomAction action, bool isFavoured)
    {
        using var actor = new ApiClient(url, scene.Session.Text);
        var answer = await DoAsync(actor, scene, action, isFavoured);
        if (answer.Status < 300)
            return null;
        var code = answer.Text("code");
        answer.Refused(Problem.StatusOf(Enum.GetValues<Refusal>().Single(r => Codes.Of(r) == code)), code);
        return code;
    }

    private static Task<ApiAnswer> DoAsync(ApiClient actor, MatrixScene scene, RoomAction action, bool isFavoured)
    {
        var room = $"/rooms/{scene.Room.Uid}";
        var message = $"{room}/messages/{(isFavoured ? scene.OwnMessage : scene.OthersMessage)}";
        var subject = (isFavoured ? scene.Subject : scene.Top).Uid;
        return action switch
        {
            RoomAction.Read => actor.GetAsync($"{room}/messages"),
            RoomAction.Post => actor.PostAsync($"{room}/messages", new { body = "x" }),
            RoomAction.Edit => actor.PatchAsync(message, new { body = "x" }),
            RoomAction.Delete => actor.DeleteAsync(message),
            RoomAction.React => actor.PutAsync($"{message}/reactions/x"),
            RoomAction.Pin => actor.PutAsync($"{message}/pin"),
            RoomAction.Report => actor.PostAsync($"{message}/report", new { reason = "x" }),
            RoomAction.Join => actor.PutAsync($"{room}/members/me"),
            RoomAction.JoinByLink => actor.PostAsync("/join", new { link = scene.Secret.Text }),
            RoomAction.Leave => actor.DeleteAsync($"{room}/members/me"),
            RoomAction.MarkRead => actor.PutAsync($"{room}/read", new { seq = 1 }),
            RoomAction.SetTopic => actor.PatchAsync(room, new { topic = "x" }),
            RoomAction.SetTitle => actor.PatchAsync(room, new { title = "x" }),
            RoomAction.SetSlug => actor.PatchAsync(room, new { slug = $"x-{Guid.NewGuid():N}" }),
            RoomAction.Invite => actor.PutAsync($"{room}/invitations/{subject}"),
            RoomAction.MakeLink => actor.PostAsync($"{room}/links"),
            RoomAction.RevokeLink => actor.DeleteAsync($"{room}/links/{(isFavoured ? scene.OwnLink : scene.OthersLink)}"),
            RoomAction.Kick => actor.DeleteAsync($"{room}/members/{subject}"),
            RoomAction.Ban => actor.PutAsync($"{room}/bans/{subject}"),
            RoomAction.Unban => actor.DeleteAsync($"{room}/bans/{subject}"),
            RoomAction.Mute => actor.PutAsync($"{room}/mutes/{subject}"),
            RoomAction.Unmute => actor.DeleteAsync($"{room}/mutes/{subject}"),
            RoomAction.SetRole => actor.PutAsync($"{room}/members/{subject}", new { role = "member" }),
            RoomAction.StepDown => actor.PutAsync($"{room}/members/{scene.Actor.Uid}", new { role = "member" }),
            RoomAction.Transfer => actor.PutAsync($"{room}/owner", new { user = scene.Subject.Nick }),
            RoomAction.Archive => actor.PatchAsync(room, new { archived = true }),
            RoomAction.Unarchive => actor.PatchAsync(room, new { archived = false }),
            RoomAction.SetHistory => actor.PatchAsync(room, new { history = "joined" }),
            RoomAction.SetRetention => actor.PatchAsync(room, new { retention = 30 }),
            RoomAction.SetPosting => actor.PatchAsync(room, new { posting = "moderators" }),
            RoomAction.SetSlowMode => actor.PatchAsync(room, new { slow = 30 }),
            RoomAction.Restrict => actor.PatchAsync(room, new { restrict = new[] { "topic_locked" } }),
            RoomAction.EraseMessages => actor.DeleteAsync($"{room}/members/{subject}/messages"),
            RoomAction.EraseOwn => actor.DeleteAsync($"{room}/members/me/messages"),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        };
    }
}
