using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api.Files;

/// <summary>A file's life: it comes, is given to who may see its message, and goes with it.</summary>
public sealed class FileTests : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];

    private readonly FileHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_file_is_its_uploaders_until_a_message_brings_it_to_the_room()
    {
        var (_, ann) = await _host.PersonAsync("ann");
        var (_, ben) = await _host.PersonAsync("ben");
        var made = (await _host.UploadAsync(ann, "lobby", "plan.txt", "the plan"u8.ToArray())).Is(201);
        var path = made.Text("path");
        Assert.Equal($"/api/v1/files/{made.Text("id")}/plan.txt", path);
        Assert.Equal(("plan.txt", "application/octet-stream", 8), (made.Text("name"), made.Text("type"), made.Number("size")));
        Assert.Equal(path, made.Headers.Location!.OriginalString);
        await _host.AssertGoneAsync(ben, path);
        await _host.AssertGoneAsync(api: null, path);
        Assert.Equal("the plan", await TextAsync(ann, path));

        await ann.SayAsync($"[plan.txt]({path})");
        Assert.Equal("the plan", await TextAsync(ben, path));
        Assert.Equal("the plan", await TextAsync(null, path));
        await _host.RestartAsync();
        Assert.Equal("the plan", await TextAsync(null, path));
    }

    [Fact]
    public async Task What_a_browser_may_show_the_bytes_decide_and_it_runs_nothing_of_them()
    {
        var (_, ann) = await _host.PersonAsync("ann");
        var picture = (await _host.UploadAsync(ann, "lobby", "run.html", Png)).Is(201);
        using var shown = await _host.GetAsync(ann, picture.Text("path"));
        Assert.Equal(("image/png", "inline"), (shown.Content.Headers.ContentType!.ToString(), shown.Content.Headers.ContentDisposition!.DispositionType));
        var page = (await _host.UploadAsync(ann, "lobby", "picture.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray())).Is(201);
        using var saved = await _host.GetAsync(ann, page.Text("path"));
        Assert.Equal(("application/octet-stream", "attachment"), (saved.Content.Headers.ContentType!.ToString(), saved.Content.Headers.ContentDisposition!.DispositionType));
        foreach (var answer in new[] { shown, saved })
        {
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("sandbox; default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("private, no-cache", answer.Headers.CacheControl!.ToString().Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal));
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        }
    }

    [Theory]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("a\r\nSet-Cookie: x=1", "aSet-Cookie_ x=1")]
    [InlineData("C:\\windows\\\"x\".exe", "C__windows__x_.exe")]
    [InlineData("港の写真.jpg", "港の写真.jpg")]
    public async Task Names_are_names_and_nothing_else(string given, string kept)
    {
        var (_, ann) = await _host.PersonAsync("ann");
        var made = (await _host.UploadAsync(ann, "lobby", given, "x"u8.ToArray())).Is(201);
        Assert.Equal(kept, made.Text("name"));
        using var answer = await _host.GetAsync(ann, made.Text("path"));
        Assert.Equal(kept, answer.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.All(_host.OnDisk(), file => Assert.True(Guid.TryParseExact(Path.GetFileName(file), "N", out _)));
    }

    [Fact]
    public async Task A_part_can_be_had_and_what_is_known_already_is_not_sent_again()
    {
        var (_, ann) = await _host.PersonAsync("ann");
        var path = (await _host.UploadAsync(ann, "lobby", "x.txt", "0123456789"u8.ToArray())).Text("path");
        using var whole = await _host.GetAsync(ann, path);
        Assert.Equal(("bytes", 10), (whole.Headers.AcceptRanges.Single(), whole.Content.Headers.ContentLength));
        using var part = await _host.GetAsync(ann, path, h => h.Range = new RangeHeaderValue(2, 4));
        Assert.Equal((HttpStatusCode.PartialContent, "234", "bytes 2-4/10"), (part.StatusCode, await part.Content.ReadAsStringAsync(), part.Content.Headers.ContentRange!.ToString()));
        using var beyond = await _host.GetAsync(ann, path, h => h.Range = new RangeHeaderValue(10, 12));
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, "bytes */10"), (beyond.StatusCode, beyond.Content.Headers.ContentRange!.ToString()));
        using var known = await _host.GetAsync(ann, path, h => h.IfNoneMatch.Add(whole.Headers.ETag!));
        Assert.Equal((HttpStatusCode.NotModified, ""), (known.StatusCode, await known.Content.ReadAsStringAsync()));
        using var another = await _host.GetAsync(ann, path, h =>
        {
            h.Range = new RangeHeaderValue(2, 4);
            h.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"another\""));
        });
        Assert.Equal((HttpStatusCode.OK, "0123456789"), (another.StatusCode, await another.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Sent_again_under_its_id_it_is_the_same_file_once()
    {
        var (_, ann) = await _host.PersonAsync("ann");
        var first = (await _host.UploadAsync(ann, "lobby", "x.txt", "x"u8.ToArray(), "one")).Is(201);
        Assert.Equal(first.Text("path"), (await _host.UploadAsync(ann, "lobby", "x.txt", "x"u8.ToArray(), "one")).Is(201).Text("path"));
        Assert.Single(_host.OnDisk());
        (await ann.PostAsync("/rooms/lobby/messages", new { body = "x" }, "one")).Refused(409, "cid_conflict");
        (await _host.UploadAsync(ann, "lobby", "x.txt", "x"u8.ToArray(), cid: "")).Refused(400, "bad_cid");
    }

    [Fact]
    public async Task It_goes_with_its_message_by_its_uploader_and_by_who_moderates()
    {
        var (ann, annApi) = await _host.PersonAsync("ann");
        var (ben, benApi) = await _host.PersonAsync("ben");
        var room = (await _host.Server.DoAsync<Logged>(new CreateRoom(ann, null, "dev", "Dev"))).Room;
        var paths = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            paths.Add((await _host.UploadAsync(benApi, "dev", $"{i}.txt", Encoding.UTF8.GetBytes($"{i}"))).Is(201).Text("path"));
            await benApi.SayAsync($"![{i}]({paths[i]}#8x8)", "dev");
        }
        var said = (await benApi.GetAsync("/rooms/dev/messages")).List("messages").Select(m => m.GetProperty("seq").GetInt64()).ToList();
        (await benApi.DeleteAsync($"/rooms/dev/messages/{said[0]}")).Is(200);
        await _host.AssertGoneAsync(benApi, paths[0]);
        (await benApi.DeleteAsync($"/files/{Id(paths[1])}")).Is(204);
        (await benApi.DeleteAsync($"/files/{Id(paths[1])}")).Refused(404, "no_such_file");
        (await annApi.DeleteAsync($"/files/{Id(paths[2])}")).Is(204);
        Assert.Equal("3", await TextAsync(annApi, paths[3]));
        await _host.Server.DoAsync<Logged>(new EraseMessages(ann, null, room.Id, ben.Id));
        await _host.AssertGoneAsync(annApi, paths[3]);
        await _host.RestartAsync();
        await Patience.Until(() => _host.OnDisk().Length == 0, "the bytes are gone");
    }

    [Fact]
    public async Task In_a_room_that_hides_its_past_it_is_for_who_was_there()
    {
        var (ann, annApi) = await _host.PersonAsync("ann");
        var (ben, benApi) = await _host.PersonAsync("ben");
        var den = (await _host.Server.DoAsync<Logged>(new CreateRoom(ann, null, "den", "Den", RoomKind.Private))).Room;
        var before = (await _host.UploadAsync(annApi, "den", "before.txt", "before"u8.ToArray())).Text("path");
        await annApi.SayAsync($"[x]({before})", "den");
        // Uploaded before, and said after: the message counts.
        var between = (await _host.UploadAsync(annApi, "den", "between.txt", "between"u8.ToArray())).Text("path");
        await _host.AssertGoneAsync(benApi, before);
        await _host.Server.DoAsync<Logged>(new Invite(ann, null, den.Id, ben.Id));
        await _host.Server.DoAsync<Logged>(new Join(ben, null, den.Id));
        await annApi.SayAsync($"[x]({between})", "den");
        await _host.AssertGoneAsync(benApi, before);
        Assert.Equal("between", await TextAsync(benApi, between));
        await _host.Server.DoAsync<Logged>(new Kick(ann, null, den.Id, ben.Id));
        await _host.AssertGoneAsync(benApi, between);
        await _host.AssertGoneAsync(benApi, $"/api/v1/files/{Guid.CreateVersion7()}/x");
        Assert.Equal("between", await TextAsync(annApi, between));
    }

    [Fact]
    public async Task A_message_brings_only_its_own_authors_files_and_only_in_their_room()
    {
        var (ann, annApi) = await _host.PersonAsync("ann");
        var (ben, benApi) = await _host.PersonAsync("ben");
        await _host.Server.DoAsync<Logged>(new CreateRoom(ann, null, "den", "Den", RoomKind.Private));
        var secret = (await _host.UploadAsync(annApi, "den", "secret.txt", "secret"u8.ToArray())).Text("path");
        var waiting = (await _host.UploadAsync(annApi, "lobby", "waiting.txt", "waiting"u8.ToArray())).Text("path");
        await benApi.SayAsync($"{secret} {waiting}");
        await annApi.SayAsync($"{secret}");
        await _host.AssertGoneAsync(benApi, secret);
        await _host.AssertGoneAsync(benApi, waiting);
        Assert.Equal("waiting", await TextAsync(annApi, waiting));
    }

    [Fact]
    public async Task A_server_that_keeps_nothing_keeps_no_files_and_does_not_say_that_it_can()
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions());
        using var ann = await ApiClient.GuestAsync(server.Url, "ann");
        (await _host.UploadAsync(ann, "lobby", "x", "x"u8.ToArray())).Refused(404, "no_such_path");
        using var there = await WsClient.ConnectAsync(server.Url);
        using var here = await WsClient.ConnectAsync(_host.Server.Url);
        var (without, with) = (await there.HelloAsync(), await here.HelloAsync());
        Assert.DoesNotContain("files", without.GetProperty("capabilities").EnumerateArray().Select(c => c.GetString()));
        Assert.False(without.GetProperty("limits").TryGetProperty("file", out _));
        Assert.Contains("files", with.GetProperty("capabilities").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(25 * 1024 * 1024, with.GetProperty("limits").GetProperty("file").GetInt64());
    }

    private static string Id(string path) => path.Split('/')[4];

    private async Task<string> TextAsync(ApiClient? api, string path)
    {
        using var answer = await _host.GetAsync(api, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
