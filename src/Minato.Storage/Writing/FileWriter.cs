using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing;

/// <summary>Files become known, go with the message that brings them, and are removed with it. Of their bytes nothing is known here.</summary>
internal sealed class FileWriter(WriteContext context, ClientIds clientIds, RoomActs acts, Paces paces)
{
    internal Outcome Apply(AddFile command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        if (command.Cid is { } cid && clientIds.Answer(actor.Id, cid) is { } first)
            return FileForesight.Again(context.Db, first, command.Room);
        if (acts.Check(RoomAction.Post, room, actor) is { } refusal)
            return new Refused(refusal);
        if (!FileForesight.HasRoomFor(context.Db, actor.Id, command.File.Size))
            return new Refused(Refusal.TooMany);
        if (!paces.TryTake(Allowance.Files, actor.Id, Act.AddFile, out var tooFast))
            return tooFast;
        var file = new StoredFile(
            command.File.Uid, command.Room, room.Head.Seq, actor.Id, command.File.Name, command.File.Type, command.File.Size, command.File.Sha256);
        // The id's answer is the file, by its number.
        clientIds.TryClaim(actor.Id, command.Cid, Act.AddFile, room.Room, Insert(file), context.Now, out _);
        return new FileAdded(file, IsNew: true);
    }

    internal Outcome Apply(RemoveFile command, User actor)
    {
        if (context.Room(command.Room) is not { } room || FileReader.Find(context.Db, (command.File, actor.Id, context.Now)) is not { } file || file.Room != command.Room)
            return new Refused(Refusal.NoSuchFile);
        if (acts.Check(RoomAction.Delete, room, actor, new Circumstances(IsOwn: file.Author == actor.Id)) is { } refusal)
            return new Refused(refusal);
        Run($"update files set state = {(int)FileState.Removed} where uid = ?1", command.File);
        return FileRemoved.Value;
    }

    internal Outcome Apply(ForgetFiles command)
    {
        foreach (var file in command.Files)
            Run($"delete from files where uid = ?1 and state = {(int)FileState.Removed}", file);
        return Nothing.Value;
    }

    /// <summary>A message brings its author's own files with it, each the first one that names it. From then on they share its fate.</summary>
    internal void Bring(RoomId room, long seq, UserId author, MessageBody body)
    {
        foreach (var file in FileLinks.In(body.Utf8.Span))
            context.Db.Statement($"""
                update files set state = {(int)FileState.Posted}, seq = ?3
                where uid = ?1 and room_id = ?2 and user_id = ?4 and state = {(int)FileState.Waiting}
                """).Bind(1, file).Bind(2, room.Value).Bind(3, seq).Bind(4, author.Value).Run();
    }

    /// <summary>
    /// As <see cref="Bring"/>, of a message that was edited. What it names no longer, in whatever place, is removed: whoever edits a picture out takes it
    /// back, and does not only hide where it lies.
    /// </summary>
    internal void Replace(RoomId room, long seq, UserId author, MessageBody body)
    {
        Bring(room, seq, author, body);
        if (FileReader.Posted(context.Db, room, seq) is not { Count: > 0 } posted)
            return;
        foreach (var gone in posted.Except(FileLinks.In(body.Utf8.Span, max: int.MaxValue)))
            Run($"update files set state = {(int)FileState.Removed} where uid = ?1", gone);
    }

    /// <summary>All of somebody's up to a seq, those that wait included.</summary>
    internal void RemoveUpTo(RoomId room, UserId author, long upTo) => context.Db
        .Statement($"update files set state = {(int)FileState.Removed} where room_id = ?1 and user_id = ?2 and seq <= ?3 and state <> {(int)FileState.Removed}")
        .Bind(1, room.Value).Bind(2, author.Value).Bind(3, upTo).Run();

    /// <summary>Whoever is erased everywhere also in rooms where they said nothing yet.</summary>
    internal void RemoveAll(UserId author) => context.Db
        .Statement($"update files set state = {(int)FileState.Removed} where user_id = ?1 and state <> {(int)FileState.Removed}")
        .Bind(1, author.Value).Run();

    private long Insert(StoredFile file)
    {
        var row = context.Db.Statement($"""
            insert into files (uid, room_id, seq, user_id, name, type, size, sha256, at, state)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, {(int)FileState.Waiting}) returning id
            """).Bind(1, file.Uid).Bind(2, file.Room.Value).Bind(3, file.Seq).Bind(4, file.Author.Value).Bind(5, file.Name).Bind(6, file.Type)
            .Bind(7, file.Size).BindBlob(8, file.Sha256).Bind(9, context.Now);
        row.Step();
        var id = row.Int64(0);
        row.Reset();
        return id;
    }

    private void Run(string sql, Guid file) => context.Db.Statement(sql).Bind(1, file).Run();
}
