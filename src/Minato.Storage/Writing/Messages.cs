using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>The current state of messages, which the acts on them change in the same transaction.</summary>
internal sealed class Messages(WriteContext context)
{
    private static readonly string Select = $"""
        select m.user_id, m.thread_root, m.deleted_at is not null or x.seq is not null
        from messages m {Erasure.Join("m")} where m.room_id = ?1 and m.seq = ?3 and {Visibility.Condition("m.seq")}
        """;

    /// <summary>The message, or null when there is none that this user may see.</summary>
    internal MessageState? Find(RoomId room, long seq, UserId viewer)
    {
        var row = context.Db.Statement(Select).BindViewer(room, viewer, context.Now).Bind(3, seq);
        MessageState? found = row.Step()
            ? new MessageState(new UserId(row.Int64(0)), row.IsNull(1) ? null : row.Int64(1), row.IsTrue(2))
            : null;
        row.Reset();
        return found;
    }

    internal void Insert(RoomId room, long seq, long postNo, UserId author, long ts, long? replyTo, long? threadRoot) =>
        context.Db.Deferred("""
            insert into messages (room_id, seq, post_no, user_id, ts, body_seq, changed_seq, reply_to, thread_root)
            values (?1, ?2, ?3, ?4, ?5, ?2, ?2, ?6, ?7)
            """).Bind(1, room.Value).Bind(2, seq).Bind(3, postNo).Bind(4, author.Value).Bind(5, ts).Bind(6, replyTo).Bind(7, threadRoot).Run();

    internal void Touch(RoomId room, long seq, long by) =>
        context.Db.Statement("update messages set changed_seq = ?3 where room_id = ?1 and seq = ?2")
            .Bind(1, room.Value).Bind(2, seq).Bind(3, by).Run();

    internal void Rewrite(RoomId room, long seq, long by, long ts) =>
        context.Db.Statement("update messages set changed_seq = ?3, body_seq = ?3, edited_at = ?4 where room_id = ?1 and seq = ?2")
            .Bind(1, room.Value).Bind(2, seq).Bind(3, by).Bind(4, ts).Run();

    /// <summary>Erases every body that the message ever had, and what hangs on it.</summary>
    internal void Erase(RoomId room, long seq, long by, long ts)
    {
        context.Db.Statement("update messages set changed_seq = ?3, deleted_at = ?4 where room_id = ?1 and seq = ?2")
            .Bind(1, room.Value).Bind(2, seq).Bind(3, by).Bind(4, ts).Run();
        Run("""
            update bodies set body = null where room_id = ?1
              and (seq = ?2 or seq in (select seq from events where room_id = ?1 and target = ?2 and kind = 6))
            """);
        Run("delete from reactions where room_id = ?1 and seq = ?2");
        Run("delete from pins where room_id = ?1 and seq = ?2");
        Run($"update files set state = {(int)FileState.Removed} where room_id = ?1 and seq = ?2 and state = {(int)FileState.Posted}");

        void Run(string sql) => context.Db.Statement(sql).Bind(1, room.Value).Bind(2, seq).Run();
    }

    /// <summary>As <see cref="Erase"/>, of all that somebody wrote with <paramref name="after"/> &lt; seq ≤ <paramref name="upTo"/>.</summary>
    internal void EraseAll(RoomId room, UserId author, long after, long upTo, long by, long ts)
    {
        const string These = "select seq from messages where room_id = ?1 and seq > ?2 and seq <= ?3 and user_id = ?4 and deleted_at is null";
        Run($"update bodies set body = null where room_id = ?1 and seq in ({These})");
        Run($"""
            update bodies set body = null where room_id = ?1
              and seq in (select seq from events where room_id = ?1 and kind = 6 and target in ({These}))
            """);
        Run($"delete from reactions where room_id = ?1 and seq in ({These})");
        Run($"delete from pins where room_id = ?1 and seq in ({These})");
        Run($"delete from mentions where room_id = ?1 and seq in ({These})");
        Of("""
            update messages set changed_seq = ?5, deleted_at = ?6, everyone = 0
            where room_id = ?1 and seq > ?2 and seq <= ?3 and user_id = ?4 and deleted_at is null
            """).Bind(5, by).Bind(6, ts).Run();

        Statement Of(string sql) => context.Db.Statement(sql).Bind(1, room.Value).Bind(2, after).Bind(3, upTo).Bind(4, author.Value);

        void Run(string sql) => Of(sql).Run();
    }

    /// <summary>
    /// Removes what was said with <paramref name="from"/> ≤ seq &lt; <paramref name="end"/> and all that hangs on it, however young an edit
    /// of it is: nobody is shown those messages any more. Only the envelopes stay.
    /// </summary>
    internal void Remove(RoomId room, long from, long end)
    {
        Run("delete from bodies where room_id = ?1 and seq >= ?2 and seq < ?3");
        Run("""
            delete from bodies where room_id = ?1
              and seq in (select seq from events where room_id = ?1 and kind = 6 and target >= ?2 and target < ?3)
            """);
        Run("delete from reactions where room_id = ?1 and seq >= ?2 and seq < ?3");
        Run("delete from pins where room_id = ?1 and seq >= ?2 and seq < ?3");
        Run("delete from mentions where room_id = ?1 and seq >= ?2 and seq < ?3");
        Run("delete from messages where room_id = ?1 and seq >= ?2 and seq < ?3");
        Run($"update files set state = {(int)FileState.Removed} where room_id = ?1 and seq >= ?2 and seq < ?3 and state = {(int)FileState.Posted}");

        void Run(string sql) => context.Db.Statement(sql).Bind(1, room.Value).Bind(2, from).Bind(3, end).Run();
    }
}

/// <summary>What acts on a message need to know of it.</summary>
internal readonly record struct MessageState(UserId Author, long? ThreadRoot, bool IsDeleted);
