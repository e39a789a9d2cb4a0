using System.Net;
using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Server.Files;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api.Files;

/// <summary>Each bound of an upload, gone over; and that nothing of what was refused or cut off stays.</summary>
public sealed class UploadLimitTests
{
    [Fact]
    public async Task A_file_that_says_that_it_is_too_large_is_refused_before_it_is_sent()
    {
        await using var host = await StartAsync();
        var (_, ann) = await host.PersonAsync("ann");
        using var raw = await RawClient.ConnectAsync(host.Server.Port);
        await raw.SendAsync(Head(ann, $"Content-Length: {StoredFile.MaxBytes + 1}"));
        var (status, _, body) = await RunningServer.ReadAsync(raw);
        Assert.Equal(413, status);
        Assert.Contains("request_too_large", body);
        Assert.Empty(host.OnDisk());
    }

    [Fact]
    public async Task One_that_does_not_say_so_is_ended_when_it_is_and_one_byte_less_is_let_through()
    {
        await using var host = await StartAsync();
        var (_, ann) = await host.PersonAsync("ann");
        (await ChunkedAsync(ann, StoredFile.MaxBytes + 1)).Refused(413, "request_too_large");
        Assert.Empty(host.OnDisk());
        Assert.Equal(StoredFile.MaxBytes, (await ChunkedAsync(ann, StoredFile.MaxBytes)).Is(201).Number("size"));
    }

    [Theory]
    [InlineData("Content-Length: 100", "half of it")]
    [InlineData("Transfer-Encoding: chunked", "9\r\nhalf of it")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhalf \r\nzzz\r\n")]
    public async Task One_that_is_cut_off_leaves_nothing(string length, string sent)
    {
        await using var host = await StartAsync();
        var (_, ann) = await host.PersonAsync("ann");
        using (var raw = await RawClient.ConnectAsync(host.Server.Port))
        {
            await raw.SendAsync(Head(ann, length) + sent);
            await Patience.Until(() => host.OnDisk().Length == 1 || sent.Contains("zzz", StringComparison.Ordinal), "it is under way");
        }
        await Patience.Until(() => host.OnDisk().Length == 0, "nothing is left of it");
        await host.RestartAsync();
        Assert.Empty(host.OnDisk());
    }

    [Fact]
    public async Task One_that_takes_too_long_is_ended_however_steadily_it_comes()
    {
        var clock = new ManualTime();
        await using var host = await StartAsync(clock: clock);
        var (_, ann) = await host.PersonAsync("ann");
        using var raw = await RawClient.ConnectAsync(host.Server.Port);
        await raw.SendAsync(Head(ann, "Content-Length: 1000") + "a");
        await Patience.Until(() => host.OnDisk().Length == 1, "it is under way");
        clock.Advance(UploadBounds.Default.Deadline);
        Assert.Equal(408, (await RunningServer.ReadAsync(raw)).Status);
        await Patience.Until(() => host.OnDisk().Length == 0, "nothing is left of it");
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_is_left_to_the_log()
    {
        var free = UploadBounds.Default.MinFree + 3;
        await using var host = await StartAsync(UploadBounds.Default with { Free = _ => free });
        var (_, ann) = await host.PersonAsync("ann");
        (await host.UploadAsync(ann, "lobby", "x", "1234"u8.ToArray())).Refused(507, "storage_full");
        (await host.UploadAsync(ann, "lobby", "x", "123"u8.ToArray())).Is(201);
        await ann.SayAsync("and messages are said");
    }

    [Fact]
    public async Task Those_that_come_at_once_are_not_all_let_in_for_the_same_free_bytes()
    {
        var free = UploadBounds.Default.MinFree + 10;
        await using var host = await StartAsync(UploadBounds.Default with { Free = _ => free });
        var (_, ann) = await host.PersonAsync("ann");
        using (var raw = await RawClient.ConnectAsync(host.Server.Port))
        {
            await raw.SendAsync(Head(ann, "Content-Length: 8") + "12");
            await Patience.Until(() => host.OnDisk() is [var file] && new FileInfo(file).Length == 2, "two bytes are on the disk");
            free -= 2;
            (await host.UploadAsync(ann, "lobby", "x", "123"u8.ToArray())).Refused(507, "storage_full");
            (await host.UploadAsync(ann, "lobby", "x", "12"u8.ToArray())).Is(201);
        }
        await Patience.Until(() => host.OnDisk().Length == 1, "what was cut off is gone");
        free += 2;
        // What the one that was cut off did not write is free again.
        (await host.UploadAsync(ann, "lobby", "x", new byte[10])).Is(201);
    }

    [Fact]
    public async Task What_will_not_be_kept_is_refused_before_its_bytes_come()
    {
        var written = 0;
        var bounds = UploadBounds.Default with
        {
            Create = (path, options) =>
            {
                written++;
                return new FileStream(path, options);
            },
        };
        await using var host = await StartAsync(bounds, new ManualTime());
        var (user, ann) = await host.PersonAsync("ann");
        var kept = (await host.UploadAsync(ann, "lobby", "x", "x"u8.ToArray(), "kept")).Is(201);
        var lobby = (await host.Server.Store.FindRoomAsync("lobby", default))!;
        var rest = new NewFile(Guid.CreateVersion7(), "x", "image/png", StoredFile.MaxBytesOfPerson - 10, new byte[32]);
        await host.Server.DoAsync<FileAdded>(new AddFile(user, null, lobby.Id, rest));
        await AssertRefusedUnseen(host, Head(ann, "Content-Length: 10"), "too_many");
        await AssertRefusedUnseen(host, Head(ann, "Transfer-Encoding: chunked"), "too_many");
        (await host.UploadAsync(ann, "lobby", "x", new byte[9])).Is(201);
        for (var i = 3; i < 100; i++)
            await host.Server.DoAsync<FileAdded>(new AddFile(user, null, lobby.Id, rest with { Uid = Guid.CreateVersion7(), Size = 0 }));
        await AssertRefusedUnseen(host, Head(ann, "Content-Length: 0"), "rate_limited");
        // What was kept is still the answer to its id, and its bytes are not written once more.
        Assert.Equal(kept.Text("path"), (await host.UploadAsync(ann, "lobby", "x", "x"u8.ToArray(), "kept")).Is(201).Text("path"));
        Assert.Equal(2, written);
    }

    [Fact]
    public void One_address_uploads_so_many_at_once_whoever_it_says_it_is_and_this_machine_is_not_one()
    {
        var slots = new UploadSlots(UploadBounds.Default with { OfPerson = 2, OfAddress = 3, AtOnce = 5 });
        var (near, far) = (IPAddress.Parse("2001:db8::1"), IPAddress.Parse("192.0.2.1"));
        Assert.True(slots.TryTake(new(1), near, out var first));
        Assert.True(slots.TryTake(new(1), near, out _));
        Assert.False(slots.TryTake(new(1), far, out _));
        // Another one of the same subscriber's.
        Assert.True(slots.TryTake(new(2), IPAddress.Parse("2001:db8::2"), out _));
        Assert.False(slots.TryTake(new(3), near, out _));
        Assert.True(slots.TryTake(new(3), far, out _));
        first.Dispose();
        Assert.True(slots.TryTake(new(3), near, out _));
        Assert.True(slots.TryTake(new(4), IPAddress.Loopback, out _));
        Assert.False(slots.TryTake(new(5), IPAddress.Loopback, out _));
        var local = new UploadSlots(UploadBounds.Default with { OfAddress = 1 });
        for (var i = 1; i <= UploadBounds.Default.AtOnce; i++)
            Assert.True(local.TryTake(new(i), IPAddress.IPv6Loopback, out _));
    }

    [Fact]
    public async Task A_disk_that_is_full_in_the_middle_is_said_to_be_and_the_next_one_goes_on()
    {
        var isFull = true;
        await using var host = await StartAsync(UploadBounds.Default with
        {
            Create = (path, options) => isFull ? new FullDisk(path, options) : new FileStream(path, options),
        });
        var (_, ann) = await host.PersonAsync("ann");
        (await host.UploadAsync(ann, "lobby", "x", "1234"u8.ToArray(), "one")).Refused(507, "storage_full");
        Assert.Empty(host.OnDisk());
        isFull = false;
        (await host.UploadAsync(ann, "lobby", "x", "1234"u8.ToArray(), "one")).Is(201);
    }

    [Fact]
    public async Task One_person_uploads_so_many_at_once_and_others_go_on()
    {
        await using var host = await StartAsync(UploadBounds.Default with { OfPerson = 1, AtOnce = 2 });
        var (_, ann) = await host.PersonAsync("ann");
        var (_, ben) = await host.PersonAsync("ben");
        var (_, cleo) = await host.PersonAsync("cleo");
        using var raw = await RawClient.ConnectAsync(host.Server.Port);
        await raw.SendAsync(Head(ann, "Content-Length: 4") + "12");
        await Patience.Until(() => host.OnDisk().Length == 1, "it is under way");
        (await host.UploadAsync(ann, "lobby", "x", "x"u8.ToArray())).Refused(503, "busy");
        using var second = await RawClient.ConnectAsync(host.Server.Port);
        await second.SendAsync(Head(ben, "Content-Length: 4") + "12");
        await Patience.Until(() => host.OnDisk().Length == 2, "both are under way");
        (await host.UploadAsync(cleo, "lobby", "x", "x"u8.ToArray())).Refused(503, "busy");
        await raw.SendAsync("34");
        Assert.Equal(201, (await RunningServer.ReadAsync(raw)).Status);
        (await host.UploadAsync(ann, "lobby", "x", "x"u8.ToArray())).Is(201);
    }

    [Fact]
    public async Task What_a_killed_server_left_is_swept_at_the_start_and_what_is_known_stays()
    {
        await using var host = await StartAsync();
        var (_, ann) = await host.PersonAsync("ann");
        var path = (await host.UploadAsync(ann, "lobby", "x", "x"u8.ToArray())).Text("path");
        var known = host.OnDisk().Single();
        var unknown = Path.Combine(host.Files, "01", Guid.Empty.ToString("N")[..31] + "1");
        await host.RestartAsync(meanwhile: () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(unknown)!);
            File.WriteAllText(unknown, "had its name, and the log never heard of it");
            File.WriteAllText(Path.Combine(host.Files, "incoming", "half"), "half");
        });
        await Patience.Until(() => host.OnDisk() is [var left] && left == known, "only what is known is left");
        using var answer = await host.GetAsync(ann, path);
        Assert.Equal("x", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Nothing is sent after the head: whoever waits for bytes first never answers.</summary>
    private static async Task AssertRefusedUnseen(FileHost host, string head, string code)
    {
        using var raw = await RawClient.ConnectAsync(host.Server.Port);
        await raw.SendAsync(head);
        var (_, _, body) = await RunningServer.ReadAsync(raw);
        Assert.Contains($"\"{code}\"", body);
    }

    private static async Task<FileHost> StartAsync(UploadBounds? bounds = null, TimeProvider? clock = null)
    {
        var host = new FileHost { Bounds = bounds ?? UploadBounds.Default, Clock = clock };
        await host.InitializeAsync();
        return host;
    }

    private static string Head(ApiClient api, string length) =>
        $"POST /api/v1/rooms/lobby/files?name=x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {api.Bearer}\r\nIdempotency-Key: {api.Nick}-raw\r\n{length}\r\n\r\n";

    private static Task<ApiAnswer> ChunkedAsync(ApiClient api, long size) => api.SendAsync(
        HttpMethod.Post, "/rooms/lobby/files?name=x", [], cid: null, contentType: null, request =>
        {
            request.Content = new StreamContent(new MemoryStream(new byte[size]));
            request.Headers.TransferEncodingChunked = true;
        });

    /// <summary>Takes a byte or two, and has no space for more.</summary>
    private sealed class FullDisk(string path, FileStreamOptions options) : FileStream(path, options)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28));
    }
}
