using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private IFileStore Files => (IFileStore)Store;

    [Fact]
    public async Task A_file_is_its_uploaders_alone_until_their_message_in_its_room_brings_it()
    {
        var (ann, ben, lobby) = (await Guest("ann"), await Guest("ben"), await Lobby());
        var den = (await Commit<Logged>(new CreateRoom(ann, null, "den", "Den", RoomKind.Private))).Room;
        var file = await Stored(ann, lobby);
        Assert.Equal(((await Head(lobby)).Seq, ann.Id, "x.png", "image/png", 5), (file.Seq, file.Author, file.Name, file.Type, file.Size));
        Assert.Equal(file, await Find(file, ann) is { } same ? same with { Sha256 = file.Sha256 } : null);
        Assert.Equal(file.Sha256, (await Find(file, ann))!.Sha256);
        // By another, in another room, cut off: none of these brings it.
        await Say(ben, lobby, FileLinks.PathOf(file));
        await Say(ann, den, FileLinks.PathOf(file));
        await Say(ann, lobby, FileLinks.PathOf(file)[..^8]);
        Assert.Null(await Find(file, ben));
        Assert.Null(await Find(file, null));

        var said = await Say(ann, lobby, $"![x]({FileLinks.PathOf(file)}#1x1)");
        Assert.Equal(said.Seq, (await Find(file, ben))!.Seq);
        Assert.NotNull(await Find(file, null));
        await Say(ann, lobby, $"again {FileLinks.PathOf(file)}");
        Assert.Equal(said.Seq, (await Find(file, null))!.Seq);
        var edited = await Stored(ann, lobby);
        await Commit<Logged>(new Edit(ann, null, lobby.Id, said.Seq, Body($"{FileLinks.PathOf(file)} {FileLinks.PathOf(edited)}")));
        Assert.Equal(said.Seq, (await Find(edited, ben))!.Seq);
        await ReopenAsync();
        Assert.NotNull(await Find(file, ben));
        await Commit<Logged>(new Ban(await System(), null, lobby.Id, ben.Id));
        Assert.Null(await Find(file, ben));
    }

    [Fact]
    public async Task A_file_that_is_added_again_is_the_first_one_and_its_id_is_good_for_nothing_else()
    {
        var (ann, lobby) = (await Guest("ann"), await Lobby());
        var den = await NewRoom(ann, "den");
        var first = await Commit<FileAdded>(new AddFile(ann, Cid("1"), lobby.Id, New()));
        Assert.True(first.IsNew);
        var again = await Commit<FileAdded>(new AddFile(ann, Cid("1"), lobby.Id, New()));
        Assert.Equal((first.File.Uid, false), (again.File.Uid, again.IsNew));
        Assert.Equal(Refusal.CidConflict, await Refused(new AddFile(ann, Cid("1"), den.Id, New())));
        Assert.Equal(Refusal.CidConflict, await Refused(new Join(ann, Cid("1"), den.Id)));
        await Say(ann, lobby, "x", "2");
        Assert.Equal(Refusal.CidConflict, await Refused(new AddFile(ann, Cid("2"), lobby.Id, New())));
        await Commit<FileRemoved>(new RemoveFile(ann, lobby.Id, first.File.Uid));
        Assert.Equal(Refusal.NoSuchFile, await Refused(new AddFile(ann, Cid("1"), lobby.Id, New())));
    }

    [Fact]
    public async Task A_file_goes_with_its_message_however_that_goes()
    {
        var (ann, lobby) = (await Guest("ann"), await Lobby());
        var (ben, eve) = (await Guest("ben"), await Account("eve"));
        var owner = await Account("owner", ServerRole.Owner);
        var (deleted, deletedAt) = await Posted(ann, lobby);
        var (moderated, moderatedAt) = await Posted(ann, lobby);
        var (erased, _) = await Posted(ann, lobby);
        var (bens, _) = await Posted(ben, lobby);
        var (purged, _) = await Posted(eve, lobby);
        await Commit<Logged>(new Delete(ann, null, lobby.Id, deletedAt));
        await Commit<Logged>(new Delete(owner, null, lobby.Id, moderatedAt));
        foreach (var gone in new[] { deleted, moderated })
            Assert.Null(await Find(gone, ann));
        Assert.NotNull(await Find(erased, ann));
        await Commit<Logged>(new EraseMessages(ann, null, lobby.Id, ann.Id));
        Assert.Null(await Find(erased, ann));
        Assert.NotNull(await Find(bens, ann));
        var unsaid = await Stored(eve, await NewRoom(ben, "den"));
        await Commit<Core.Accounts.AccountChanged>(new Core.Accounts.Purge(owner, eve.Id, Deactivate: false));
        Assert.Null(await Find(purged, ann));
        Assert.Null(await Find(unsaid, eve));
        Assert.NotNull(await Find(bens, ann));
        await ReopenAsync();
        Assert.Equal(new[] { deleted, moderated, erased, purged, unsaid }.Select(f => f.Uid).Order(), (await Files.ListRemovedFilesAsync(100, default)).Order());
    }

    [Fact]
    public async Task A_file_that_is_edited_out_of_its_message_goes_and_what_it_still_names_stays_in_whatever_place()
    {
        var (ann, lobby) = (await Guest("ann"), await Lobby());
        var (kept, dropped, waits) = (await Stored(ann, lobby), await Stored(ann, lobby), await Stored(ann, lobby));
        var said = await Say(ann, lobby, $"{FileLinks.PathOf(kept)} {FileLinks.PathOf(dropped)}");
        var (elsewhere, _) = await Posted(ann, lobby);
        // The kept one moves behind more than a message can bring.
        var others = string.Join(' ', Enumerable.Range(0, StoredFile.MaxOfMessage).Select(_ => $"{FileLinks.Prefix}{Guid.CreateVersion7()}/x"));
        await Commit<Logged>(new Edit(ann, null, lobby.Id, said.Seq, Body($"{others} {FileLinks.PathOf(kept)} {FileLinks.PathOf(dropped)[..^8]}")));
        Assert.Null(await Find(dropped, ann));
        Assert.Equal([dropped.Uid], await Files.ListRemovedFilesAsync(100, default));
        foreach (var there in new[] { kept, waits, elsewhere })
            Assert.NotNull(await Find(there, ann));
        // What was taken back no edit brings again.
        await Commit<Logged>(new Edit(ann, null, lobby.Id, said.Seq, Body($"{FileLinks.PathOf(kept)} {FileLinks.PathOf(dropped)}")));
        Assert.Null(await Find(dropped, ann));
        Assert.Equal(said.Seq, (await Find(kept, null))!.Seq);
    }

    [Fact]
    public async Task A_room_that_keeps_what_is_said_for_days_keeps_its_files_as_long_and_one_that_waits_is_kept_for_a_week()
    {
        var ann = await Guest("ann");
        var room = await NewRoom(ann, "brief");
        await Commit<Logged>(new SetRetention(ann, null, room.Id, 10));
        var (old, _) = await Posted(ann, room);
        var waits = await Stored(ann, room);
        var late = await Stored(ann, room);
        Clock.Advance(TimeSpan.FromDays(6));
        // Uploaded beside the old one, and said days later: the message counts.
        await Say(ann, room, FileLinks.PathOf(late));
        Clock.Advance(TimeSpan.FromDays(5));
        await Say(ann, room, "later");
        await SweepAll();
        Assert.Null(await Find(old, ann));
        Assert.Null(await Find(waits, ann));
        Assert.NotNull(await Find(late, ann));
    }

    [Fact]
    public async Task A_file_is_taken_away_by_its_uploader_and_by_who_moderates_and_forgotten_only_then()
    {
        var (ann, ben, lobby) = (await Guest("ann"), await Guest("ben"), await Lobby());
        var owner = await Account("owner", ServerRole.Owner);
        var (first, _) = await Posted(ann, lobby);
        var (second, _) = await Posted(ann, lobby);
        Assert.Equal(Refusal.Forbidden, await Refused(new RemoveFile(ben, lobby.Id, first.Uid)));
        Assert.Equal(Refusal.NoSuchFile, await Refused(new RemoveFile(ben, lobby.Id, (await Stored(ann, lobby)).Uid)));
        Assert.Equal(Refusal.NoSuchFile, await Refused(new RemoveFile(ann, (await NewRoom(ann, "den")).Id, first.Uid)));
        Assert.Equal(Refusal.NoSuchFile, await Refused(new RemoveFile(ann, lobby.Id, Guid.CreateVersion7())));
        await Commit<FileRemoved>(new RemoveFile(ann, lobby.Id, first.Uid));
        await Commit<FileRemoved>(new RemoveFile(owner, lobby.Id, second.Uid));
        Assert.Equal([first.Uid, second.Uid], await Files.ListRemovedFilesAsync(100, default));
        var kept = await Stored(ann, lobby);
        await Commit<Nothing>(new ForgetFiles([first.Uid, kept.Uid]));
        Assert.Equal([second.Uid], await Files.ListRemovedFilesAsync(100, default));
        Assert.False(await Files.KnowsFileAsync(first.Uid, default));
        Assert.True(await Files.KnowsFileAsync(second.Uid, default));
        Assert.NotNull(await Find(kept, ann));
    }

    [Fact]
    public async Task One_person_stores_so_many_files_an_hour_and_so_many_bytes()
    {
        var (ann, ben, lobby) = (await Guest("ann"), await Guest("ben"), await Lobby());
        var large = New() with { Size = StoredFile.MaxBytesOfPerson };
        var first = await Commit<FileAdded>(new AddFile(ann, null, lobby.Id, large));
        Assert.Equal(StoredFile.MaxBytesOfPerson, await Files.ReadBytesOfAsync(ann.Id, default));
        Assert.Equal(Refusal.TooMany, await Refused(new AddFile(ann, null, lobby.Id, New())));
        await Stored(ben, lobby);
        await Commit<FileRemoved>(new RemoveFile(ann, lobby.Id, first.File.Uid));
        // Its bytes may still be there.
        Assert.Equal(Refusal.TooMany, await Refused(new AddFile(ann, null, lobby.Id, New())));
        await Commit<Nothing>(new ForgetFiles([first.File.Uid]));
        for (var i = 1; i < 100; i++)
            await Stored(ann, lobby);
        var refused = await Commit<Refused>(new AddFile(ann, null, lobby.Id, New()));
        Assert.Equal((Refusal.RateLimited, TimeSpan.FromSeconds(18)), (refused.Reason, refused.RetryAfter));
        Clock.Advance(TimeSpan.FromSeconds(18));
        await Stored(ann, lobby);
    }

    private static NewFile New() => new(Guid.CreateVersion7(), "x.png", "image/png", 5, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private async Task<StoredFile> Stored(User by, Room room)
    {
        if (await Commit([new AddFile(by, null, room.Id, New())]) is [FileAdded added])
            return added.File;
        throw new InvalidOperationException("It was refused.");
    }

    private async Task<(StoredFile File, long Seq)> Posted(User by, Room room)
    {
        var file = await Stored(by, room);
        var said = await Say(by, room, FileLinks.PathOf(file));
        return (file, said.Seq);
    }

    private async Task<StoredFile?> Find(StoredFile file, User? user) => await Files.FindFileAsync(file.Uid, user?.Id, CancellationToken.None);

    private async Task SweepAll()
    {
        for (var i = 0; i < 20; i++)
        {
            await Store.MaintainAsync(default);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
