using Minato.Core.Rights;
using Minato.Tests.Kit;
using Minato.Tests.Matrix;

namespace Minato.Server.Tests.Matrix;

/// <summary>
/// Every action, tried as everybody in every kind of room over every protocol, against what was written down by hand in
/// <c>tests/matrix/rights.txt</c>: what is answered, and that what is refused changes nothing.
/// </summary>
public sealed class RightsMatrixTests(MatrixServer shared) : IClassFixture<MatrixServer>
{
    public static TheoryData<string, Standing> Cells => [.. RightsFile.Cells];

    public static TheoryData<string, Standing> CellsElsewhere => [.. RightsFile.Cells.Where(c => c.Kind == "private" || IsDirect(c.Kind))];

    public static TheoryData<string, Standing> CellsOfTerminals =>
        [.. RightsFile.Cells.Where(c => !IsDirect(c.Kind) && c.Standing is not (Standing.Admin or Standing.AdminMember))];

    [Theory, MemberData(nameof(Cells))]
    public Task Over_HTTP(string kind, Standing standing) => TryAsync(kind, standing, RoleOf(standing), HttpActs.DoAsync);

    [Theory, MemberData(nameof(Cells))]
    public Task Over_WebSocket(string kind, Standing standing) => TryAsync(kind, standing, RoleOf(standing), WebSocketActs.DoAsync);

    /// <summary>To them the room is what it is to anybody, whatever they are on the server.</summary>
    [Theory, MemberData(nameof(CellsElsewhere))]
    public Task Over_WebSocket_by_an_owner_of_the_server_where_that_does_not_count(string kind, Standing standing) =>
        TryAsync(kind, standing, ServerRole.Owner, WebSocketActs.DoAsync);

    [Theory]
    [InlineData("public", Standing.Admin)]
    [InlineData("public", Standing.AdminMember)]
    [InlineData("hidden past", Standing.Admin)]
    public Task Over_HTTP_by_an_owner_of_the_server_as_by_an_admin(string kind, Standing standing) => TryAsync(kind, standing, ServerRole.Owner, HttpActs.DoAsync);

    [Theory, MemberData(nameof(CellsOfTerminals))]
    public async Task At_a_terminal(string kind, Standing standing)
    {
        foreach (var action in Enum.GetValues<RoomAction>().Where(a => LineActs.Knows(a, standing)))
        {
            using var terminal = await RawClient.ConnectAsync(shared.Server.Port);
            var nick = $"t{Guid.NewGuid():N}"[..12];
            await terminal.SendAsync($"/nick {nick}\n/who\n");
            await terminal.ExpectAsync("* #lobby, ");
            var person = await shared.Server.Store.FindUserAsync(nick, CancellationToken.None);
            var scene = await MatrixScene.CreateAsync(shared.Server, kind, standing, terminal: person!);
            AssertSame(action, true, Expected(kind, standing, action, isFavoured: true), await LineActs.DoAsync(terminal, scene, action));
        }
    }

    [Theory, MemberData(nameof(CellsOfTerminals))]
    public async Task Over_IRC(string kind, Standing standing)
    {
        foreach (var action in Enum.GetValues<RoomAction>().Where(IrcActs.Knows))
            foreach (var isFavoured in new[] { true, false })
            {
                if (!isFavoured && !RightsFile.Of(kind, standing, action).Depends)
                    continue;
                using var client = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(shared.Server.Port), $"i{Guid.NewGuid():N}"[..12], "message-tags echo-message");
                var person = await shared.Server.Store.FindUserAsync(client.Nick, CancellationToken.None);
                var scene = await MatrixScene.CreateAsync(shared.Server, kind, standing, terminal: person!);
                await client.SeeAsync();
                AssertSame(action, isFavoured, IrcActs.AsNumber(action, Expected(kind, standing, action, isFavoured)), await IrcActs.DoAsync(client, scene, action, isFavoured));
            }
    }

    [Fact]
    public async Task A_right_that_is_missing_is_noticed_and_so_is_one_too_many()
    {
        var scene = await MatrixScene.CreateAsync(shared.Server, "public", Standing.Member);
        var actual = await HttpActs.DoAsync(shared.Server.Url, scene, RoomAction.SetTitle, isFavoured: true);
        Assert.Equal("forbidden", actual);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(RoomAction.SetTitle, true, Expected("public", Standing.Owner, RoomAction.SetTitle, true), actual));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(RoomAction.SetTitle, true, Expected("public", Standing.Member, RoomAction.SetTitle, true), null));
        Assert.Null(await HttpActs.DoAsync(shared.Server.Url, scene, RoomAction.SetTopic, isFavoured: true));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(scene.AssertUntouchedAsync);
    }

    private async Task TryAsync(string kind, Standing standing, ServerRole role, Func<string, MatrixScene, RoomAction, bool, Task<string?>> doAsync)
    {
        var refusing = await MatrixScene.CreateAsync(shared.Server, kind, standing, role);
        foreach (var action in Enum.GetValues<RoomAction>())
            foreach (var isFavoured in new[] { true, false })
            {
                if (!isFavoured && !RightsFile.Of(kind, standing, action).Depends)
                    continue;
                var expected = Expected(kind, standing, action, isFavoured);
                // What is done changes the room; what is refused does not, so that one scene serves for all of it.
                var scene = expected is null
                    ? await MatrixScene.CreateAsync(shared.Server, kind, standing, role, ownsRoom: standing == Standing.AdminMember && action == RoomAction.Transfer)
                    : refusing;
                AssertSame(action, isFavoured, expected, await doAsync(shared.Server.Url, scene, action, isFavoured));
            }
        await refusing.AssertUntouchedAsync();
    }

    internal static bool IsDirect(string kind) => kind is "direct" or "group" or "blocked";

    private static ServerRole RoleOf(Standing standing) => standing is Standing.Admin or Standing.AdminMember ? ServerRole.Admin : ServerRole.Guest;

    /// <summary>As the file's head says: a link never tells why it does not let in. What is so already is done; into a direct room no link leads.</summary>
    private static string? Expected(string kind, Standing standing, RoomAction action, bool isFavoured) =>
        (action, RightsFile.Of(kind, standing, action).CodeWhen(isFavoured)) switch
        {
            (RoomAction.JoinByLink, _) when IsDirect(kind) => "no_such_link",
            (_, null or "already_member") => null,
            (RoomAction.JoinByLink, _) => "no_such_link",
            (_, var code) => code,
        };

    private static void AssertSame(RoomAction action, bool isFavoured, string? expected, string? actual) =>
        Assert.True(expected == actual, $"{action}{(isFavoured ? "" : ", unfavoured")}: {actual ?? "done"}, not {expected ?? "done"}");
}
