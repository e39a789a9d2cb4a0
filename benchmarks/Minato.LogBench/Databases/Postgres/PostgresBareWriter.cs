using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Minato.LogBench.Databases.Postgres;

/// <summary>The rows of a batch as arrays, one prepared statement for each table, one transaction and one round trip.</summary>
internal sealed class PostgresBareWriter : IBareWriter
{
    private readonly NpgsqlConnection _connection;

    internal PostgresBareWriter(string connection, bool durable)
    {
        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 1 }.ConnectionString);
        _connection.Open();
        if (durable)
            return;
        using var command = new NpgsqlCommand("set synchronous_commit = off", _connection);
        command.ExecuteNonQuery();
    }

    public void Commit(ReadOnlySpan<PostRow> batch)
    {
        var rows = batch.ToArray();
        var (room, seq, user, ts) = (Longs(rows, r => r.Room), Longs(rows, r => r.Seq), Longs(rows, r => r.User), Longs(rows, r => r.Ts));
        var (postNo, thread) = (Longs(rows, r => r.PostNo), Array.ConvertAll(rows, r => r.ThreadRoot));
        using var command = new NpgsqlBatch(_connection);
        Add(command, """
            insert into events (room_id, seq, kind, user_id, ts, post_no, target, value)
            select a, b, 2, c, d, e, f, f from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) as t (a, b, c, d, e, f)
            """, room, seq, user, ts, postNo, thread);
        Add(command, "insert into bodies (room_id, seq, body) select * from unnest($1::bigint[], $2::bigint[], $3::text[])",
            room, seq, Array.ConvertAll(rows, r => Encoding.UTF8.GetString(r.Body.Span)));
        Add(command, """
            insert into messages (room_id, seq, post_no, user_id, ts, body_seq, changed_seq, reply_to, thread_root, everyone)
            select a, b, c, d, e, b, b, f, f, g from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) as t (a, b, c, d, e, f, g)
            """, room, seq, postNo, user, ts, thread, Longs(rows, r => r.NamesEveryone ? 1 : 0));
        if (Array.FindAll(rows, r => r.Cid is not null) is { Length: > 0 } claimed)
            Add(command, """
                insert into client_ids (user_id, cid, act, room_id, seq, ts, claimed_at)
                select a, b, 2, c, d, e, e from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) as t (a, b, c, d, e)
                """, Longs(claimed, r => r.User), Array.ConvertAll(claimed, r => r.Cid!), Longs(claimed, r => r.Room), Longs(claimed, r => r.Seq), Longs(claimed, r => r.Ts));
        if (Array.FindAll(rows, r => r.Names is not null) is { Length: > 0 } naming)
            Add(command, "insert into mentions (user_id, ts, room_id, seq) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])",
                Longs(naming, r => r.Names!.Value), Longs(naming, r => r.Ts), Longs(naming, r => r.Room), Longs(naming, r => r.Seq));
        var heads = rows.GroupBy(r => r.Room).Select(g => g.Last()).ToArray();
        Add(command, """
            update room_heads h set seq = t.b, post_no = t.c, ts = t.d
            from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) as t (a, b, c, d) where h.room_id = t.a
            """, Longs(heads, r => r.Room), Longs(heads, r => r.Seq), Longs(heads, r => r.PostNo), Longs(heads, r => r.Ts));
        // Npgsql sends a batch as one transaction.
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    private static void Add(NpgsqlBatch batch, string sql, params Array[] columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns)
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = column,
                NpgsqlDbType = NpgsqlDbType.Array | (column is string[]? NpgsqlDbType.Text : NpgsqlDbType.Bigint),
            });
        batch.BatchCommands.Add(command);
    }

    private static long[] Longs(PostRow[] rows, Converter<PostRow, long> column) => Array.ConvertAll(rows, column);
}
