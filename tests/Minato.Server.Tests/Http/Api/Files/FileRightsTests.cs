using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Server.Tests.Matrix;
using Minato.Tests.Matrix;

namespace Minato.Server.Tests.Http.Api.Files;

/// <summary>
/// Files have no rights of their own: storing one is posting, having one is reading, and taking one away is deleting. As everybody in every kind
/// of room, against <c>tests/matrix/rights.txt</c>.
/// </summary>
public sealed class FileRightsTests(FileHost host) : IClassFixture<FileHost>
{
    private static readonly byte[] Bytes = "bytes"u8.ToArray();

    public static TheoryData<string, Standing> Cells => [.. RightsFile.Cells];

    [Theory, MemberData(nameof(Cells))]
    public async Task As_the_file_of_rights_says(string kind, Standing standing)
    {
        var role = standing is Standing.Admin or Standing.AdminMember ? ServerRole.Admin : ServerRole.Guest;
        var scene = await MatrixScene.CreateAsync(host.Server, kind, standing, role);
        using var actor = new ApiClient(host.Server.Url, scene.Session.Text) { Nick = scene.Actor.Nick };
        var room = $"{scene.Room.Uid}";

        var stored = await host.UploadAsync(actor, room, "x", Bytes);
        Assert.Equal(RightsFile.Of(kind, standing, RoomAction.Post).CodeWhen(true), stored.Status == 201 ? null : stored.Text("code"));
        await scene.AssertUntouchedAsync();
        if (kind == "archived" || kind == "blocked")
            return;

        // Of somebody who may post: the owner, or who is in the direct room.
        var others = await PostedAsync(scene, RightsMatrixTests.IsDirect(kind) ? scene.Subject : scene.Top);
        var mayRead = RightsFile.Of(kind, standing, RoomAction.Read).CodeWhen(true) is null;
        using var answer = await host.GetAsync(actor, $"/api/v1/files/{others}/x");
        Assert.Equal(mayRead ? 200 : 404, (int)answer.StatusCode);

        var removed = await actor.DeleteAsync($"/files/{others}");
        var expected = mayRead ? RightsFile.Of(kind, standing, RoomAction.Delete).CodeWhen(false) : "no_such_file";
        Assert.Equal(expected, removed.Status == 204 ? null : removed.Text("code"));
        if (stored.Status == 201)
            (await actor.DeleteAsync($"/files/{stored.Text("id")}")).Is(204);
    }

    [Fact]
    public async Task A_room_that_one_may_not_know_of_is_none_to_who_uploads_into_it_and_takes_no_bytes()
    {
        var scene = await MatrixScene.CreateAsync(host.Server, "private", Standing.Outsider);
        using var actor = new ApiClient(host.Server.Url, scene.Session.Text) { Nick = scene.Actor.Nick };
        var before = host.OnDisk().Length;
        var hidden = await host.UploadAsync(actor, $"{scene.Room.Uid}", "x", Bytes);
        var none = await host.UploadAsync(actor, $"{Guid.CreateVersion7()}", "x", Bytes);
        Assert.Equal(none.Json!.Value.GetRawText(), hidden.Json!.Value.GetRawText());
        hidden.Refused(404, "no_such_room");
        Assert.Equal(before, host.OnDisk().Length);
    }

    [Fact]
    public async Task Nobody_is_nobody_and_a_page_of_another_origin_is_a_stranger()
    {
        using var nobody = new ApiClient(host.Server.Url) { Nick = "nobody" };
        (await host.UploadAsync(nobody, "lobby", "x", Bytes)).Refused(401, "login_required");
        using var wrong = new ApiClient(host.Server.Url, "0123456789abcdef0123456789abcdef") { Nick = "wrong" };
        (await host.UploadAsync(wrong, "lobby", "x", Bytes)).Refused(401, "login_required");
        (await wrong.DeleteAsync($"/files/{Guid.CreateVersion7()}")).Refused(401, "login_required");
        var (_, ann) = await host.PersonAsync($"ann{Guid.NewGuid():N}"[..12]);
        var foreign = await ann.SendAsync(
            HttpMethod.Post, "/rooms/lobby/files?name=x", Bytes, cid: null, "application/octet-stream", request => request.Headers.Add("Origin", "http://evil.example"));
        foreign.Refused(403, "stranger");
    }

    private async Task<Guid> PostedAsync(MatrixScene scene, User by)
    {
        var file = new NewFile(Guid.CreateVersion7(), "x", "application/octet-stream", Bytes.Length, new byte[32]);
        var folder = Path.Combine(host.Files, file.Uid.ToString("N")[^2..]);
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, file.Uid.ToString("N")), Bytes);
        await host.Server.DoAsync<FileAdded>(new AddFile(by, null, scene.Room.Id, file));
        await host.Server.DoAsync<Logged>(new Post(by, null, scene.Room.Id, MessageBody.FromStore(System.Text.Encoding.UTF8.GetBytes($"/api/v1/files/{file.Uid}/x"))));
        return file.Uid;
    }
}
