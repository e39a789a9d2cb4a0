namespace Minato.LogBench.Databases.Sqlite;

/// <summary>
/// The rows of a post with seven prepared statements. Durable, it does for its file what the store does: WAL, <c>synchronous=FULL</c>,
/// <c>secure_delete</c>, and a checkpoint after as many pages.
/// </summary>
internal sealed class SqliteBareWriter : IBareWriter
{
    /// <summary>As the store's own.</summary>
    private const int CheckpointAfter = 1_000;

    private readonly Connection _db;
    private readonly bool _durable;
    private readonly Prepared _begin, _commit, _event, _body, _message, _clientId, _head, _mention;
    private readonly Dictionary<long, PostRow> _heads = [];
    private int _checkpointed;

    internal SqliteBareWriter(string file, bool durable)
    {
        _durable = durable;
        _db = new Connection(file);
        _db.Execute(durable
            ? "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0; pragma secure_delete = on"
            : "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -500000");
        _begin = _db.Prepare("begin immediate");
        _commit = _db.Prepare("commit");
        _event = _db.Prepare("insert into events (room_id, seq, kind, user_id, ts, post_no, target, value) values (?1, ?2, 2, ?3, ?4, ?5, ?6, ?6)");
        _body = _db.Prepare("insert into bodies (room_id, seq, body) values (?1, ?2, ?3)");
        _message = _db.Prepare("""
            insert into messages (room_id, seq, post_no, user_id, ts, body_seq, changed_seq, reply_to, thread_root, everyone)
            values (?1, ?2, ?3, ?4, ?5, ?2, ?2, ?6, ?6, ?7)
            """);
        _clientId = _db.Prepare("insert into client_ids (user_id, cid, act, room_id, seq, ts, claimed_at) values (?1, ?2, 2, ?3, ?4, ?5, ?5)");
        _head = _db.Prepare("update room_heads set seq = ?1, post_no = ?2, ts = ?3 where room_id = ?4");
        _mention = _db.Prepare("insert into mentions (user_id, ts, room_id, seq) values (?1, ?2, ?3, ?4)");
        _checkpointed = _db.PagesWritten;
    }

    public void Commit(ReadOnlySpan<PostRow> batch)
    {
        _begin.Run();
        foreach (ref readonly var row in batch)
            Insert(row);
        foreach (var row in _heads.Values)
            _head.Bind(1, row.Seq).Bind(2, row.PostNo).Bind(3, row.Ts).Bind(4, row.Room).Run();
        _heads.Clear();
        _commit.Run();
        CheckpointIfDue();
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _event, _body, _message, _clientId, _head, _mention })
            statement.Dispose();
        _db.Dispose();
    }

    private void Insert(in PostRow row)
    {
        if (row.Cid is { } cid)
            _clientId.Bind(1, row.User).Bind(2, cid).Bind(3, row.Room).Bind(4, row.Seq).Bind(5, row.Ts).Run();
        _event.Bind(1, row.Room).Bind(2, row.Seq).Bind(3, row.User).Bind(4, row.Ts).Bind(5, row.PostNo).Bind(6, row.ThreadRoot).Run();
        _body.Bind(1, row.Room).Bind(2, row.Seq).Bind(3, row.Body.Span).Run();
        _message.Bind(1, row.Room).Bind(2, row.Seq).Bind(3, row.PostNo).Bind(4, row.User).Bind(5, row.Ts)
            .Bind(6, row.ThreadRoot).Bind(7, row.NamesEveryone ? 1 : 0).Run();
        if (row.Names is { } named)
            _mention.Bind(1, named).Bind(2, row.Ts).Bind(3, row.Room).Bind(4, row.Seq).Run();
        _heads[row.Room] = row;
    }

    private void CheckpointIfDue()
    {
        if (!_durable || unchecked(_db.PagesWritten - _checkpointed) < CheckpointAfter)
            return;
        _checkpointed = _db.PagesWritten;
        _db.Execute("pragma wal_checkpoint(passive)");
    }
}
