using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Server.Tests.Nodes;

/// <summary>A primary and a standby that follows it by streaming, and one database that a server finds on whichever of them has it.</summary>
internal sealed class PostgresPair : IDisposable
{
    private const string Name = "test1";

    private PostgresPair(PostgresServer primary, PostgresServer standby) => (Primary, Standby) = (primary, standby);

    /// <summary>The one that is it at first.</summary>
    public PostgresServer Primary { get; }

    public PostgresServer Standby { get; }

    /// <summary>Both, each with its port.</summary>
    public string Connection =>
        $"Host=127.0.0.1:{Primary.Port},127.0.0.1:{Standby.Port};Username=postgres;Database={Name};Target Session Attributes=primary;Timeout=5;Command Timeout=2";

    public static async Task<PostgresPair> StartAsync(bool isSynchronous)
    {
        // No power is lost.
        var primary = new PostgresServer { Settings = ["fsync=off"] };
        Assert.Equal(Name, new NpgsqlConnectionStringBuilder(primary.NewDatabase()).Database);
        var pair = new PostgresPair(primary, primary.NewStandby());
        if (isSynchronous)
        {
            primary.Execute("alter system set synchronous_standby_names = '*'");
            primary.Execute("select pg_reload_conf()");
        }
        var state = isSynchronous ? "sync" : "async";
        await Patience.Until(() => primary.Execute("select sync_state from pg_stat_replication where state = 'streaming'") is string s && s == state, $"the standby is {state}");
        return pair;
    }

    public static long Count(PostgresServer on, string body) => (long)on.Execute($"select count(*) from bodies where body = '{body}'", Name)!;

    /// <summary>All posts of the lobby, in order.</summary>
    public static List<(long Seq, string Body)> Posts(PostgresServer on) =>
        [.. ((string)on.Execute("select coalesce(string_agg(m.seq || ' ' || b.body, E'\\n' order by m.seq), '') from messages m join bodies b on (b.room_id, b.seq) = (m.room_id, m.body_seq)", Name)!)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 2)).Select(p => (long.Parse(p[0]), p[1]))];

    public void Dispose()
    {
        Standby.Dispose();
        Primary.Dispose();
    }
}
