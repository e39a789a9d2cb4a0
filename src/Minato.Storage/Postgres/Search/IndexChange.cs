using Minato.Core.Rooms;
using Minato.Core.Search;
using Npgsql;
using NpgsqlTypes;

namespace Minato.Storage.Postgres.Search;

/// <summary>Takes over what became of messages, in a handful of statements however many they are.</summary>
internal sealed class IndexChange(NpgsqlConnection connection)
{
    private const string Known = """
        select d.room_id, d.seq, d.key from unnest($1, $2) as asked (room_id, seq) join search_docs d using (room_id, seq)
        """;

    private const string Taken = "select key from search_docs where key = any($1)";

    private const string Delete = """
        delete from search_docs d using unnest($1, $2) as gone (room_id, seq) where d.room_id = gone.room_id and d.seq = gone.seq
        """;

    private const string Put = """
        insert into search_docs (key, room_id, seq, tokens)
        select t.key, t.room_id, t.seq, t.tokens::tsvector from unnest($1, $2, $3, $4) as t (key, room_id, seq, tokens)
        on conflict (room_id, seq) do update set key = excluded.key, tokens = excluded.tokens
        """;

    private const string Mark = """
        insert into search_marks (room_id, seq, ts, first_seq) select * from unnest($1, $2, $3, $4)
        on conflict (room_id) do update set seq = excluded.seq, ts = excluded.ts, first_seq = excluded.first_seq
        """;

    private const string ForgetTrimmed = """
        delete from search_docs where key in (
          select d.key from search_marks m join search_docs d on d.room_id = m.room_id and d.seq < m.first_seq
          where m.first_seq > 1 limit 1000)
        """;

    /// <summary>Forgets some of what rooms no longer keep; false: there was nothing of it.</summary>
    internal async ValueTask<bool> ForgetTrimmedAsync(CancellationToken cancel)
    {
        await using var command = Command(ForgetTrimmed, []);
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    internal async Task RunAsync(IReadOnlyList<RoomChanges> changes, CancellationToken cancel)
    {
        // The newest word on each: a room may come twice.
        var messages = new Dictionary<(long Room, long Seq), ChangedMessage>();
        var marks = new Dictionary<long, RoomChanges>();
        foreach (var room in changes)
        {
            marks[room.Room.Value] = room;
            foreach (var message in room.Messages)
                messages[(room.Room.Value, message.Seq)] = message;
        }
        var places = await PlacesOfAsync(messages, cancel);
        var gone = messages.Where(m => m.Value.Body is null).Select(m => m.Key).ToList();
        if (gone.Count > 0)
            await RunAsync(Delete, cancel, Column(gone, g => g.Room), Column(gone, g => g.Seq));
        var there = messages.Where(m => m.Value.Body is not null).ToList();
        if (there.Count > 0)
            await RunAsync(
                Put, cancel, Column(there, m => places[m.Key]), Column(there, m => m.Key.Room), Column(there, m => m.Key.Seq),
                there.Select(m => TokenText.Vector(new RoomId(m.Key.Room), m.Value.Body!.Value)).ToArray());
        await RunAsync(
            Mark, cancel, Column(marks, m => m.Key), Column(marks, m => m.Value.UpTo.Seq), Column(marks, m => m.Value.UpTo.Ts), Column(marks, m => m.Value.FirstSeq));
    }

    /// <summary>Where each message stands: where it stood, or the first free place from its own on.</summary>
    private async Task<Dictionary<(long Room, long Seq), long>> PlacesOfAsync(Dictionary<(long Room, long Seq), ChangedMessage> messages, CancellationToken cancel)
    {
        var places = new Dictionary<(long, long), long>();
        foreach (var row in await ReadAsync(Known, cancel, Column(messages, m => m.Key.Room), Column(messages, m => m.Key.Seq)))
            if (Places.IsOf(row[2], messages[(row[0], row[1])].Ts))
                places[(row[0], row[1])] = row[2];
        var taken = new HashSet<long>(places.Values);
        var wanted = messages.Where(m => m.Value.Body is not null && !places.ContainsKey(m.Key)).ToList();
        taken.UnionWith((await ReadAsync(Taken, cancel, Column(wanted, m => Places.First(new RoomId(m.Key.Room), m.Key.Seq, m.Value.Ts)))).Select(r => r[0]));
        foreach (var (message, about) in wanted)
        {
            var place = Places.First(new RoomId(message.Room), message.Seq, about.Ts);
            while (!taken.Add(place))
                place = await NextFreeAsync(place, cancel);
            places[message] = place;
        }
        return places;
    }

    private async Task<long> NextFreeAsync(long place, CancellationToken cancel)
    {
        do
            place++;
        while ((await ReadAsync(Taken, cancel, (long[])[place])).Count > 0);
        return place;
    }

    private static long[] Column<T>(IEnumerable<T> rows, Func<T, long> of) => [.. rows.Select(of)];

    private async Task RunAsync(string sql, CancellationToken cancel, params object[] columns)
    {
        await using var command = Command(sql, columns);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<List<long[]>> ReadAsync(string sql, CancellationToken cancel, params object[] columns)
    {
        await using var command = Command(sql, columns);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var read = new List<long[]>();
        while (await rows.ReadAsync(cancel))
            read.Add([.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetInt64)]);
        return read;
    }

    private NpgsqlCommand Command(string sql, object[] columns)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var column in columns)
            command.Parameters.Add(new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlDbType.Array | (column is string[]? NpgsqlDbType.Text : NpgsqlDbType.Bigint),
                Value = column,
            });
        return command;
    }
}
