using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Storage.Search;
using Minato.Storage.Sql;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite.Search;

/// <summary>Takes over what became of messages.</summary>
internal sealed class IndexWriter(SqliteDatabase db, Purge purge)
{
    /// <summary>Milliseconds are 16 keys apart: room for messages of one moment, without making every key longer in the index.</summary>
    private const int KeysPerMillisecond = 16;

    /// <summary>Messages forgotten in one step: some milliseconds.</summary>
    private const int TrimmedAtOnce = 200;

    private (long Ts, long Key) _newest;
    private bool _mayHoldTrimmed = true;

    internal IReadOnlyDictionary<RoomId, LogMark> Marks()
    {
        var marks = new Dictionary<RoomId, LogMark>();
        var rows = db.Statement("select room_id, seq, ts from marks");
        while (rows.Step())
            marks[new RoomId(rows.Int64(0))] = new LogMark(rows.Int64(1), rows.Int64(2));
        return marks;
    }

    internal bool Apply(IReadOnlyList<RoomChanges> changes)
    {
        Transact(() =>
        {
            var words = new List<WordChange>();
            foreach (var room in changes)
            {
                foreach (var message in room.Messages)
                    Replace(room.Room, message, words);
                Mark(room);
            }
            Write(words);
        });
        return true;
    }

    /// <summary>Forgets some of what rooms no longer keep; false: there is nothing left of it.</summary>
    internal bool ForgetTrimmed()
    {
        if (!_mayHoldTrimmed)
            return false;
        Transact(() =>
        {
            var words = new List<WordChange>();
            var rows = db.Statement("""
                select d.key, d.room_id, d.body from marks m cross join docs d
                where m.first_seq > 1 and d.room_id = m.room_id and d.seq < m.first_seq limit ?1
                """).Bind(1, TrimmedAtOnce);
            while (rows.Step())
                words.Add(new WordChange(rows.Int64(0), new RoomId(rows.Int64(1)), MessageBody.FromStore(rows.Bytes(2).ToArray()), Forget: true));
            foreach (var word in words)
                db.Statement("delete from docs where key = ?1").Bind(1, word.Key).Run();
            Write(words);
            _mayHoldTrimmed = words.Count == TrimmedAtOnce;
        });
        return _mayHoldTrimmed;
    }

    private void Mark(RoomChanges room)
    {
        db.Statement("""
            insert into marks (room_id, seq, ts, first_seq) values (?1, ?2, ?3, ?4)
            on conflict (room_id) do update set seq = ?2, ts = ?3, first_seq = ?4
            """).Bind(1, room.Room.Value).Bind(2, room.UpTo.Seq).Bind(3, room.UpTo.Ts).Bind(4, room.FirstSeq).Run();
        _mayHoldTrimmed |= room.FirstSeq > 1;
    }

    /// <summary>Puts the message as it is now in the place of what was indexed of it.</summary>
    private void Replace(RoomId room, ChangedMessage message, List<WordChange> words)
    {
        var old = Find(room, message.Seq);
        if (old is { } same && message.Body is { } now && same.Body.Equals(now) && same.IsAbout(message.Ts))
            return;
        if (old is { } known)
        {
            words.Add(new WordChange(known.Key, room, known.Body, Forget: true));
            db.Statement("delete from docs where key = ?1").Bind(1, known.Key).Run();
        }
        if (message.Body is { } body)
        {
            var key = FreeKey(message.Ts);
            words.Add(new WordChange(key, room, body, Forget: false));
            db.Statement("insert into docs (key, room_id, seq, body) values (?1, ?2, ?3, ?4)")
                .Bind(1, key).Bind(2, room.Value).Bind(3, message.Seq).BindUtf8(4, body.Utf8.Span).Run();
        }
    }

    private Doc? Find(RoomId room, long seq)
    {
        var row = db.Statement("select key, body from docs where room_id = ?1 and seq = ?2").Bind(1, room.Value).Bind(2, seq);
        Doc? found = row.Step() ? new Doc(row.Int64(0), MessageBody.FromStore(row.Bytes(1).ToArray())) : null;
        row.Reset();
        return found;
    }

    /// <summary>The first free key from a moment on: a crowd reaches into the next moments.</summary>
    private long FreeKey(long ts)
    {
        var key = ts == _newest.Ts ? _newest.Key + 1 : ts * KeysPerMillisecond;
        while (Database.Finds(db.Statement("select 1 from docs where key = ?1").Bind(1, key)))
            key++;
        _newest = (ts, key);
        return key;
    }

    /// <summary>In order of key: FTS5 writes out what it has gathered whenever one is below the one before.</summary>
    private void Write(List<WordChange> words)
    {
        foreach (var change in words.OrderBy(c => c.Key).ThenByDescending(c => c.Forget))
        {
            var tokens = $"{RoomToken.Of(change.Room)} {string.Join(' ', BodyTokens.Of(change.Body.ToString()))}";
            db.Statement(change.Forget
                ? "insert into words (words, rowid, tokens) values ('delete', ?1, ?2)"
                : "insert into words (rowid, tokens) values (?1, ?2)").Bind(1, change.Key).Bind(2, tokens).Run();
        }
        if (words.Exists(c => c.Forget))
            purge.Note();
    }

    private void Transact(Action work)
    {
        try
        {
            db.Begin();
            work();
            db.Commit();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    private void Rollback()
    {
        db.ResetStatements();
        try
        {
            db.Rollback();
        }
        catch (SqliteException)
        {
            // Many errors roll back by themselves; one in the rollback adds nothing to the first.
        }
    }

    private readonly record struct WordChange(long Key, RoomId Room, MessageBody Body, bool Forget);

    /// <summary>What is indexed of a message.</summary>
    private readonly record struct Doc(long Key, MessageBody Body)
    {
        /// <summary>Said about then: in another log the same words at the same place may be of another day.</summary>
        internal bool IsAbout(long ts) => Math.Abs((Key / KeysPerMillisecond) - ts) < 60_000;
    }
}
