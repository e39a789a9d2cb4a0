using System.Text;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

public sealed class CommitNoticeTests(PostgresServer server)
{
    [Fact]
    public async Task Whoever_listens_is_told_how_far_each_room_has_come()
    {
        var database = server.NewDatabaseWithSchema();
        await using var store = PostgresStore.Open(database, TimeProvider.System);
        await using var listener = new NpgsqlConnection(database);
        await listener.OpenAsync();
        await using (var listen = new NpgsqlCommand("listen minato", listener))
            await listen.ExecuteNonQueryAsync();
        var heard = new Dictionary<long, long>();
        listener.Notification += (_, told) =>
        {
            foreach (var moved in told.Payload.Split(','))
                heard[long.Parse(moved.Split(':')[0])] = long.Parse(moved.Split(':')[1]);
        };
        var alice = ((UserChanged)(await store.CommitAsync([new RegisterGuest(UserKind.Guest, "alice", false, null)], default))[0]).User;
        var lobby = (await store.FindRoomAsync(Slug.Lobby, default))!;
        Assert.Equal(BodyError.None, MessageBody.TryCreate(Encoding.UTF8.GetBytes("x"), out var body));
        var posted = (Logged)(await store.CommitAsync([new Post(alice, null, lobby.Id, body), new Post(alice, null, lobby.Id, body)], default))[1];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (heard.GetValueOrDefault(lobby.Id.Value) < posted.Seq)
            await listener.WaitAsync(patience.Token);
        Assert.Equal(posted.Seq, heard[lobby.Id.Value]);
    }

    [Fact]
    public void However_many_rooms_moved_no_payload_is_refused()
    {
        var moved = Enumerable.Range(0, 5_000).ToDictionary(i => long.MaxValue - i, i => long.MaxValue - i);
        var payloads = CommitNotice.Payloads(moved).ToList();
        Assert.All(payloads, p => Assert.InRange(p.Length, 1, 7_999));
        Assert.Equal(moved, payloads.SelectMany(p => p.Split(',')).ToDictionary(m => long.Parse(m.Split(':')[0]), m => long.Parse(m.Split(':')[1])));
    }
}
