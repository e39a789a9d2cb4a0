using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Server.Http.Api;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Tests.Http.Api;

/// <summary>The table of rights, driven through HTTP: every cell, and every refusal's status and code.</summary>
public sealed class RightsOverHttpTests
{
    public static TheoryData<RoomKind, Standing> Cases =>
    [
        .. from kind in new[] { RoomKind.Public, RoomKind.Private } from standing in RightsTable.Columns select (kind, standing),
        (RoomKind.Direct, Standing.Outsider),
        (RoomKind.Direct, Standing.Member),
    ];

    [Theory, MemberData(nameof(Cases))]
    public async Task Whoever_may_not_is_told_why_and_whoever_may_does(RoomKind kind, Standing standing)
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });
        var scene = await Scene.CreateAsync(server.Url, kind, standing);
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            var refusal = RoomRights.Check(action, kind, archived: false, standing, scene.Circumstances(action));
            // What is done changes the room; what is refused does not.
            var place = refusal is null ? await Scene.CreateAsync(server.Url, kind, standing) : scene;
            var answer = await place.DoAsync(action);
            if (refusal is null or Refusal.AlreadyMember)
                Assert.True(answer.Status is 200 or 201 or 204, $"{action}: {answer.Status} {answer.Json}");
            else
            {
                Assert.True(answer.Status == Problem.StatusOf(refusal.Value), $"{action}: {answer.Status} {answer.Json}");
                answer.Refused(Problem.StatusOf(refusal.Value), Codes.Of(refusal.Value));
            }
        }
    }

    [Fact]
    public async Task An_archived_room_can_be_read_and_left_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });
        var scene = await Scene.CreateAsync(server.Url, RoomKind.Public, Standing.Owner);
        (await scene.DoAsync(RoomAction.Archive)).Is(200);
        Assert.True((await scene.Actor.GetAsync($"/rooms/{scene.Room}")).Body.GetProperty("room").GetProperty("archived").GetBoolean());
        // Archiving it again finds it as it asks for.
        (await scene.DoAsync(RoomAction.Archive)).Is(200);
        foreach (var action in Enum.GetValues<RoomAction>().Where(a => a != RoomAction.Archive && !RightsTable.IsAllowedInArchive(a)))
            (await scene.DoAsync(action)).Refused(409, "archived");
        foreach (var action in new[] { RoomAction.Read, RoomAction.MarkRead, RoomAction.Unarchive, RoomAction.Leave })
            Assert.InRange((await scene.DoAsync(action)).Status, 200, 204);
    }

    /// <summary>A room, one whose rights are asked, and a plain member with a message of theirs.</summary>
    private sealed record Scene(ApiClient Actor, ApiClient Subject, string Room, long Message, Standing Standing)
    {
        private static int _scenes;

        /// <summary>An owner, who made it, is there besides whoever it is about: nobody is the last one.</summary>
        public static async Task<Scene> CreateAsync(string url, RoomKind kind, Standing standing)
        {
            var number = Interlocked.Increment(ref _scenes);
            var owner = await ApiClient.GuestAsync(url, $"owner{number}");
            var subject = await ApiClient.GuestAsync(url, $"subject{number}");
            var actor = await ApiClient.GuestAsync(url, $"actor{number}");
            if (kind == RoomKind.Direct)
            {
                var other = standing == Standing.Member ? actor : owner;
                var direct = (await other.PostAsync("/direct", new { user = subject.Nick })).Is(200).Text("room");
                return new Scene(actor, subject, direct, (await subject.SayAsync("mine", direct)).Seq, standing);
            }
            object made = kind == RoomKind.Public ? new { slug = $"r{number}" } : new { slug = $"r{number}", kind = "private", history = "all" };
            var room = (await owner.PostAsync("/rooms", made)).Is(201).Text("room");
            await EnterAsync(owner, subject, room);
            var message = (await subject.SayAsync("mine", room)).Seq;
            await PlaceAsync(owner, actor, room, standing);
            return new Scene(actor, subject, room, message, standing);
        }

        public Circumstances Circumstances(RoomAction action) => new(
            IsOwn: action is RoomAction.EraseOwn, Rank: Standing is Standing.Moderator or Standing.Owner or Standing.Member ? Standing : Standing.Outsider, SubjectRank: Standing.Member);

        public Task<ApiAnswer> DoAsync(RoomAction action)
        {
            var (room, message, subject) = ($"/rooms/{Room}", $"/rooms/{Room}/messages/{Message}", Subject.Nick);
            return action switch
            {
                RoomAction.Read => Actor.GetAsync($"{room}/messages"),
                RoomAction.Post => Actor.PostAsync($"{room}/messages", new { body = "x" }),
                RoomAction.Edit => Actor.PatchAsync(message, new { body = "x" }),
                RoomAction.Delete => Actor.DeleteAsync(message),
                RoomAction.React => Actor.PutAsync($"{message}/reactions/x"),
                RoomAction.Pin => Actor.PutAsync($"{message}/pin"),
                RoomAction.Join => Actor.PutAsync($"{room}/members/me"),
                RoomAction.Leave => Actor.DeleteAsync($"{room}/members/me"),
                RoomAction.MarkRead => Actor.PutAsync($"{room}/read", new { seq = 1 }),
                RoomAction.SetTopic => Actor.PatchAsync(room, new { topic = "x" }),
                RoomAction.SetTitle => Actor.PatchAsync(room, new { title = "x" }),
                RoomAction.Invite => Actor.PutAsync($"{room}/invitations/{subject}"),
                RoomAction.Kick => Actor.DeleteAsync($"{room}/members/{subject}"),
                RoomAction.Ban => Actor.PutAsync($"{room}/bans/{subject}"),
                RoomAction.Unban => Actor.DeleteAsync($"{room}/bans/{subject}"),
                RoomAction.Mute => Actor.PutAsync($"{room}/mutes/{subject}"),
                RoomAction.Unmute => Actor.DeleteAsync($"{room}/mutes/{subject}"),
                RoomAction.SetRole => Actor.PutAsync($"{room}/members/{subject}", new { role = "moderator" }),
                RoomAction.StepDown => Actor.PutAsync($"{room}/members/{Actor.Id}", new { role = "member" }),
                RoomAction.Archive => Actor.PatchAsync(room, new { archived = true }),
                RoomAction.Unarchive => Actor.PatchAsync(room, new { archived = false }),
                RoomAction.SetHistory => Actor.PatchAsync(room, new { history = "all" }),
                RoomAction.SetRetention => Actor.PatchAsync(room, new { retention = 30 }),
                RoomAction.EraseMessages => Actor.DeleteAsync($"{room}/members/{subject}/messages"),
                RoomAction.EraseOwn => Actor.DeleteAsync($"{room}/members/me/messages"),
                _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
            };
        }

        private static async Task EnterAsync(ApiClient owner, ApiClient who, string room)
        {
            (await owner.PutAsync($"/rooms/{room}/invitations/{who.Nick}")).Is(200);
            await who.JoinAsync(room);
        }

        private static async Task PlaceAsync(ApiClient owner, ApiClient actor, string room, Standing standing)
        {
            if (standing is Standing.Member or Standing.Moderator or Standing.Owner or Standing.Muted or Standing.MutedOutsider)
                await EnterAsync(owner, actor, room);
            if (standing == Standing.Invited)
                (await owner.PutAsync($"/rooms/{room}/invitations/{actor.Nick}")).Is(200);
            if (standing is Standing.Moderator or Standing.Owner)
                (await owner.PutAsync($"/rooms/{room}/members/{actor.Nick}", new { role = standing == Standing.Owner ? "owner" : "moderator" })).Is(200);
            if (standing is Standing.Muted or Standing.MutedOutsider)
                (await owner.PutAsync($"/rooms/{room}/mutes/{actor.Nick}")).Is(200);
            if (standing == Standing.MutedOutsider)
                (await actor.DeleteAsync($"/rooms/{room}/members/me")).Is(200);
            if (standing == Standing.Banned)
                (await owner.PutAsync($"/rooms/{room}/bans/{actor.Nick}")).Is(200);
        }
    }
}
