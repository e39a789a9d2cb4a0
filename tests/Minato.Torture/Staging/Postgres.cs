using System.Globalization;
using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Staging;

/// <summary>The run's database: one PostgreSQL, or a primary and a synchronous standby that takes its place, again and again.</summary>
internal sealed class Postgres : IDisposable
{
    /// <summary>Seconds that a server waits for an answer: Npgsql's 30, or fewer.</summary>
    private static readonly int[] CommandTimeouts = [10, 30, 15];

    private static readonly TimeSpan InStepWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(100);
    private readonly List<PostgresProcess> _servers = [];

    /// <param name="folder">On the disk that fills up.</param>
    /// <param name="logs">The folder for what they say.</param>
    /// <param name="isRemote">Whether servers reach it over wires.</param>
    public Postgres(string folder, FaultPage page, string logs, bool isRemote, bool hasStandby)
    {
        for (var i = 0; i < (hasStandby ? 2 : 1); i++)
            _servers.Add(new PostgresProcess(
                $"{folder}{Numbered(i)}", Program.Preload, page, Path.Combine(logs, $"postgres{Numbered(i)}.log"), isRemote ? PostgresProcess.DefaultPort + i : null));
        Primary.StartNew();
        if (!hasStandby)
            return;
        // The standby has it from the beginning, for when it is the primary.
        Primary.Ask("alter system set synchronous_standby_names = '*'");
        Standby.StartFollowing(Primary);
        Primary.Ask("select pg_reload_conf()");
    }

    public PostgresProcess Primary => _servers[0];

    private PostgresProcess Standby => _servers[1];

    /// <summary>As a server has it that is another machine.</summary>
    public string ConnectionFrom(Berth berth) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host={string.Join(',', _servers.OrderBy(s => s.Port).Select(s => $"{berth.Database}:{s.Port}"))};Username=postgres;Database=minato;Command Timeout={CommandTimeouts[berth.Number % CommandTimeouts.Length]}");

    /// <summary>
    /// The primary ends as by a crash and is not there any more; the standby, which has all that was acknowledged, takes its place. Until there is another standby
    /// nothing more is acknowledged.
    /// </summary>
    public async Task PromoteAsync()
    {
        await InStepAsync();
        await Primary.EndAsync();
        Standby.Promote();
        _servers.Reverse();
        Standby.StartFollowing(Primary);
    }

    public void Dispose() => _servers.ForEach(s => s.Dispose());

    /// <summary>What a primary that comes back by itself has committed, its standby may not have yet.</summary>
    private async Task InStepAsync()
    {
        var until = Environment.TickCount64 + (long)InStepWithin.TotalMilliseconds;
        while (!IsInStep())
        {
            if (Environment.TickCount64 > until)
                throw new TimeoutException("The standby of PostgreSQL does not follow its primary. Their logs say why.");
            await Task.Delay(BetweenQuestions);
        }
    }

    private bool IsInStep()
    {
        try
        {
            return Primary.Ask("select count(*) from pg_stat_replication where state = 'streaming' and sync_state = 'sync'") == "1";
        }
        catch (InvalidOperationException)
        {
            // It starts.
            return false;
        }
    }

    private static string Numbered(int at) => at == 0 ? "" : (at + 1).ToString(CultureInfo.InvariantCulture);
}
