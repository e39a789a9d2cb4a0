using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Server.Http.Api;
using Minato.Server.Sessions;
using Minato.Tests.Matrix;

namespace Minato.Server.Tests.Matrix;

/// <summary>Who says who is what on the server, and who does what for it as a whole: every pair as everybody, against what was written down by hand.</summary>
public sealed class ServerRightsMatrixTests
{
    private static readonly string[] Roles = ["member", "admin", "owner"];

    public static TheoryData<string, string, string> Lines => [.. Written.Where(l => l[0] == nameof(SetServerRole)).Select(l => (l[1], l[2], l[3]))];

    public static TheoryData<string, string, string, string> Acts => [.. Written.Where(l => l[0] != nameof(SetServerRole)).Select(l => (l[0], l[1], l[2], l[3]))];

    private static IEnumerable<string[]> Written => RightsFile.Section(after: "[server]", until: "[operator]").Select(l => l.Split('|', StringSplitOptions.TrimEntries));

    [Fact]
    public void Everybody_was_written_down() => Assert.Equal(["guest", "member", "admin", "owner", "only owner"], Lines.Select(l => l.Data.Item1));

    [Fact]
    public void Every_act_of_the_server_was_written_down_for_everybody()
    {
        Assert.Equal(ApiRoutes.All.Where(r => r is { Needs: Scope.Admin, NeedsLogin: false }).Select(r => r.Op).Order(), AdministrationActs.All.Values.Select(a => a.Op).Order());
        Assert.Equal(
            AdministrationActs.All.Keys.SelectMany(act => new[] { "guest", "member", "admin", "owner" }.Select(who => $"{act} {who}")).Order(),
            Written.Where(l => l[0] != nameof(SetServerRole) && l[1] != "only owner").Select(l => $"{l[0]} {l[1]}").Order());
    }

    [Theory, MemberData(nameof(Acts))]
    public async Task Acts_over_HTTP(string act, string actor, string code, string allowed)
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });
        var (isAlone, ownerSession) = (actor == "only owner", SessionToken.New());
        if (!isAlone)
            await PersonAsync(server, "top", "owner", ownerSession);
        using var owner = new ApiClient(server.Url, ownerSession.Text);
        foreach (var subject in isAlone ? ["self"] : AdministrationActs.All[act].Subjects)
        {
            var session = SessionToken.New();
            var you = await PersonAsync(server, "you", isAlone ? "owner" : actor, session);
            var about = act is "MakeInvitation" || subject == "server" ? null : subject == "self" ? you : await PersonAsync(server, "about", subject);
            using var client = new ApiClient(server.Url, session.Text);
            var answer = await AdministrationActs.DoAsync(act, server, client, about, subject, owner);
            var named = allowed.Split(' ').FirstOrDefault(a => a.Split('=')[0] == subject);
            var expected = named is null ? code : named.Split('=') is [_, var instead] ? instead : null;
            var actual = answer.Status < 300 ? null : answer.Text("code");
            Assert.True(expected == actual, $"{act}, {actor} about {subject}: {actual ?? "done"}, not {expected ?? "done"}");
        }
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task Over_HTTP(string actor, string code, string allowed)
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });
        var isAlone = actor == "only owner";
        var alone = SessionToken.New();
        var only = isAlone ? await PersonAsync(server, "only", "owner", alone) : null;
        if (!isAlone)
            await PersonAsync(server, "top", "owner");
        foreach (var subject in (string[])[.. isAlone ? Array.Empty<string>() : ["guest", .. Roles], "self"])
            foreach (var role in Roles)
            {
                if (subject == "self" && actor == "guest")
                    continue;
                var session = isAlone ? alone : SessionToken.New();
                var you = only ?? await PersonAsync(server, "you", actor, session);
                var about = subject == "self" ? you : await PersonAsync(server, "about", subject);
                using var client = new ApiClient(server.Url, session.Text);
                var answer = await client.PatchAsync($"/accounts/{about.Uid}", new { role });
                var may = allowed.Split(' ').Contains($"{subject}>{role}");
                var now = (await server.Store.FindUserAsync(about.Uid, CancellationToken.None))!.Role;
                Assert.True(
                    may ? answer.Status == 204 && now == Enum.Parse<ServerRole>(role, ignoreCase: true) : answer.Text("code") == code && now == about.Role,
                    $"{actor}, {subject}>{role}: {answer.Status}, {now}");
            }
    }

    private static int _people;

    private static async Task<User> PersonAsync(RunningServer server, string name, string role, SessionToken? session = null)
    {
        var kind = role == "guest" ? UserKind.Guest : UserKind.Account;
        var person = (await server.DoAsync<UserChanged>(
            new RegisterGuest(kind, $"{name}{Interlocked.Increment(ref _people)}", NickIsProvisional: false, (session ?? SessionToken.New()).Hash))).User;
        return role is "guest" or "member" ? person : (await server.DoAsync<UserChanged>(new SetServerRole(
            (await server.Store.FindUserAsync(User.SystemNick, CancellationToken.None))!, null, person.Id, Enum.Parse<ServerRole>(role, ignoreCase: true)))).User;
    }
}
