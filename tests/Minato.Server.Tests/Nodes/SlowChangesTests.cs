using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Server.Tests.Nodes;

/// <summary>What another server changed besides the log may be slow to be read again: that is nobody else's trouble.</summary>
public sealed class SlowChangesTests(PostgresServer postgres)
{
    private const int Posts = 20, ReportsChanged = 4;

    [Fact]
    public async Task What_is_slow_to_be_read_again_holds_up_no_room()
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Accounts);
        using var nobody = new ApiClient(nodes.A.Url);
        var owner = (await nobody.PostAsync("/accounts", new { nick = "owner", password = "correct horse", invitation = nodes.B.OwnerInvitation })).Is(201).Text("session");
        using var speaker = new ApiClient(nodes.A.Url, owner);
        using var admin = await Cluster.DeviceAsync(nodes.B, owner);
        await using var connection = new NpgsqlConnection(nodes.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (var held = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new NpgsqlCommand("lock table reports in access exclusive mode", connection, held);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await nodes.SqlAsync($"insert into changes (writer, kind) values (gen_random_uuid(), {ReportsChanged})");
            await Patience.Until(async () => (long)(await nodes.SqlAsync(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'select count(*) from reports%'"))! > 0,
                "the change is being read again");
            for (var i = 0; i < Posts; i++)
            {
                await speaker.SayAsync($"meanwhile {i}");
                await admin.PostEventAsync($"meanwhile {i}");
            }
        }
        Assert.Equal(0, (await admin.NextAsync("reports")).GetProperty("open").GetInt64());
    }
}
