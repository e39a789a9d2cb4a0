namespace Minato.Cli.Tests.Torture;

/// <summary>One post as somebody was given it.</summary>
internal readonly record struct Seen(long Seq, long Ts, string Body);

/// <summary>One post as history has it at the end.</summary>
internal readonly record struct Stored(long Seq, long PostNo, long Ts, string Body);

/// <summary>What everybody in one room did and saw, and what the log holds in the end. Each body names its cid, so each is sent under one cid only.</summary>
internal sealed class RoomRecord
{
    /// <summary>What was sent, whether it was answered or not: the body of each cid.</summary>
    public Dictionary<string, string> Sent { get; } = [];

    /// <summary>Every ok, repeats included.</summary>
    public List<(string Cid, long Seq)> Acks { get; } = [];

    /// <summary>For each reader its runs: within one, every event follows the one before it.</summary>
    public Dictionary<string, List<List<Seen>>> Readers { get; } = [];

    public List<Stored> History { get; init; } = [];

    /// <summary>The first promise that was broken, in a sentence; null when all were kept.</summary>
    public string? FirstViolation() =>
        GapOrDisorder() ?? TwiceOrFromNowhere() ?? LostAck() ?? WrongReader();

    private string? GapOrDisorder()
    {
        for (var i = 1; i < History.Count; i++)
        {
            var (last, next) = (History[i - 1], History[i]);
            if (next.Seq != last.Seq + 1)
                return $"G3: the log has {next.Seq} after {last.Seq}.";
            if (next.PostNo != last.PostNo + 1)
                return $"G3: post {next.PostNo} follows post {last.PostNo} at {next.Seq}.";
            if (next.Ts < last.Ts)
                return $"G3: time goes backwards from {last.Ts} to {next.Ts} at {next.Seq}.";
        }
        return null;
    }

    private string? TwiceOrFromNowhere()
    {
        var cids = Sent.ToDictionary(s => s.Value, s => s.Key);
        var at = new Dictionary<string, long>();
        foreach (var stored in History)
        {
            if (!cids.TryGetValue(stored.Body, out var cid))
                return $"Nobody sent what stands at {stored.Seq}: {stored.Body}";
            if (!at.TryAdd(cid, stored.Seq))
                return $"G2: {cid} is stored at {at[cid]} and at {stored.Seq}.";
        }
        return null;
    }

    private string? LostAck()
    {
        var bySeq = History.ToDictionary(s => s.Seq, s => s.Body);
        foreach (var (cid, seq) in Acks)
        {
            if (!bySeq.TryGetValue(seq, out var body))
                return $"G1: {cid} was acknowledged as {seq}, and the log has no such event.";
            if (body != Sent[cid])
                return $"G1: {cid} was acknowledged as {seq}, where something else stands: {body}";
        }
        return null;
    }

    private string? WrongReader()
    {
        var bySeq = History.ToDictionary(s => s.Seq);
        foreach (var (reader, runs) in Readers)
        {
            var last = 0L;
            foreach (var run in runs)
                foreach (var (seen, i) in run.Select((s, i) => (s, i)))
                {
                    if (i == 0 ? seen.Seq <= last : seen.Seq != last + 1)
                        return $"G3: {reader} saw {seen.Seq} after {last}.";
                    last = seen.Seq;
                    if (!bySeq.TryGetValue(seen.Seq, out var stored))
                        return $"G1: {reader} saw {seen.Seq}, which the log does not have.";
                    if (stored.Body != seen.Body || stored.Ts != seen.Ts)
                        return $"G3: {reader} saw another {seen.Seq} than the log has: {seen.Body} at {seen.Ts}, not {stored.Body} at {stored.Ts}.";
                }
        }
        return null;
    }
}
