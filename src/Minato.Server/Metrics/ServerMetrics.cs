using System.Diagnostics;
using Minato.Core.Commands;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Irc;
using Minato.Server.Sessions.Lines;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Metrics;

/// <summary>Everything that is measured, gathered when somebody asks: counting is each part's own, and costs it an addition.</summary>
internal sealed class ServerMetrics(SessionContext context)
{
    private readonly double _startTime = (Process.GetCurrentProcess().StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;

    internal string Write()
    {
        var output = new ExpositionWriter();
        WriteConnections(output, context.Connections);
        WriteSessions(output);
        WriteLog(output);
        WriteRequests(output, context.Requests);
        WriteProcess(output);
        return output.ToString();
    }

    private static void WriteConnections(ExpositionWriter output, ConnectionMeters meters)
    {
        output.Gauges("minato_connections", "Connections now, by protocol.", "protocol", ConnectionMeters.Protocols.Select((p, i) => (p, (double)meters.Now(i))));
        output.Counters("minato_connections_total", "Connections so far, by protocol.", "protocol", ConnectionMeters.Protocols.Select((p, i) => (p, (double)meters.Total(i))));
        output.Gauge("minato_connections_undecided", "Connections that have not said yet what they speak.", meters.Undecided.Value);
        output.Counter("minato_connections_refused_total", "Connections refused: too many undecided ones of one address, or a protocol that is not spoken here.", meters.Refused.Value);
    }

    private void WriteSessions(ExpositionWriter output)
    {
        var sessions = context.Sessions.All;
        var lines = sessions.Count(s => s is LineSession);
        var irc = sessions.Count(s => s is IrcSession);
        output.Gauges("minato_sessions", "Sessions now, by protocol.", "protocol", [("websocket", sessions.Count - lines - irc), ("lines", lines), ("irc", irc)]);
        output.Gauge("minato_send_queue_bytes", "Bytes that wait in the send queues of all sessions.", sessions.Sum(s => s.Queue.Bytes));
        output.Counter("minato_slow_closes_total", "Sessions closed because they did not read what waited for them.", context.Sessions.SlowCloses.Value);
        output.Counter("minato_ephemerals_dropped_total", "Presence, typing and receipts that a slow reader was not told.", context.Sessions.EphemeralsDropped.Value);
        output.Gauge("minato_live_rooms", "Rooms in which somebody is.", context.Rooms.Count);
        output.Gauge("minato_event_waits", "Requests that wait for a room's next event.", context.Rooms.Waiters.Waiting);
    }

    private void WriteLog(ExpositionWriter output)
    {
        var meters = context.Log.Meters;
        output.Counters("minato_commands_total", "Commands by outcome: done, repeated (nothing changed), or why they were refused.", "outcome",
            [("done", meters.Done), ("repeated", meters.Repeated), .. Enum.GetValues<Refusal>().Select(r => (Codes.Of(r), (double)meters.Refused(r)))]);
        output.Counter("minato_posts_total", "Messages posted.", meters.Posts);
        output.Histogram("minato_commit_batch_commands", "Commands in one transaction.", meters.BatchCommands);
        output.Histogram("minato_commit_seconds", "One transaction, from its first command to its being durable: writing and fsync on SQLite, the round trips on PostgreSQL.", meters.CommitSeconds);
        output.Gauge("minato_inbox_commands", "Commands that wait for the log writer.", context.Log.Waiting);
        output.Gauge("minato_search_index_lag_events", "Events that the search index has not taken over yet.", context.Search.Lag);
    }

    private static void WriteRequests(ExpositionWriter output, RequestMeters meters)
    {
        output.Counters("minato_http_requests_total", "HTTP requests by the class of their status.", "status",
            Enumerable.Range(1, 5).Select(c => ($"{c}xx", (double)meters.Of(c))));
        output.Gauge("minato_http_requests_under_way", "HTTP requests that are not answered yet.", meters.UnderWay.Value);
    }

    private void WriteProcess(ExpositionWriter output)
    {
        output.Gauge("process_resident_memory_bytes", "Resident memory.", Environment.WorkingSet);
        output.Gauge("process_start_time_seconds", "When the process started, since 1970 UTC.", _startTime);
        output.Gauge("minato_managed_memory_bytes", "Memory that .NET's heap holds.", GC.GetTotalMemory(forceFullCollection: false));
        output.Gauges("minato_build_info", "The version; always 1.", "version", [(MinatoVersion.Number, 1)]);
    }
}
