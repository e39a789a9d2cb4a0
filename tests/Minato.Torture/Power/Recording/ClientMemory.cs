using System.Text;
using Minato.Client;
using Minato.Core.Commands;
using Minato.Torture.Checking;
using Minato.Torture.Histories;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Torture.Power.Recording;

/// <summary>
/// The file in which the .NET client keeps what it has still to send (<see cref="FileClientStore"/>): what it said to be kept is there, with its
/// contents, and what it said to be gone is gone. One act each: <c>keep</c> and <c>drop</c>.
/// </summary>
internal static class ClientMemory
{
    private const string Actor = "client", Nowhere = "-";
    private const int Steps = 500, Waiting = 12, Words = 300;

    /// <summary>Writes so much that the file is written anew several times.</summary>
    public static void Write(string file, string history, int seed)
    {
        using var recorder = new Recorder(history);
        using var store = new FileClientStore(file);
        var random = new Random(seed);
        var waiting = new Queue<string>();
        for (var step = 0; step < Steps; step++)
        {
            var cid = FormattableString.Invariant($"{Actor}.{step}");
            List<(string Cid, string Op)> acts = [(cid, "keep")];
            waiting.Enqueue(cid);
            while (waiting.Count > Waiting)
                acts.Add((waiting.Dequeue(), "drop"));
            foreach (var (of, op) in acts)
                recorder.Add(new Sent(Recorder.Now, Actor, of, op, Nowhere, 0, Nowhere));
            store.Save(acts.ConvertAll(a => a.Op == "keep" ? (StateChange)Kept(a.Cid, random.Next(Words)) : new EntryRemoved(a.Cid)));
            foreach (var (of, op) in acts)
                recorder.Add(new Acked(Recorder.Now, Actor, of, op, 0));
        }
    }

    /// <param name="file">As the power loss left it.</param>
    public static IReadOnlyList<Violation> Check(string file, IReadOnlyList<Entry> told)
    {
        Dictionary<string, string> left;
        try
        {
            using var store = new FileClientStore(file);
            left = store.Load().Outbox.ToDictionary(e => e.Cid, e => e.Frame is SendFrame send ? BodyText.IdOf(Encoding.UTF8.GetString(send.Body.Span)) : "");
        }
        catch (IOException e)
        {
            return [new Violation("start", $"The client's memory cannot be opened: {e.Message}")];
        }
        var (acked, begun) = (told.OfType<Acked>().Select(a => (a.Cid, Op: a.Room)).ToHashSet(), told.OfType<Sent>().Select(s => (s.Cid, s.Op)).ToHashSet());
        var violations = new List<Violation>();
        foreach (var sent in told.OfType<Sent>())
            if (sent.Op == "keep" && acked.Contains((sent.Cid, "keep")) && !begun.Contains((sent.Cid, "drop")) && left.GetValueOrDefault(sent.Cid) != sent.Cid)
                violations.Add(new Violation("G1", $"{sent.Cid} was kept, and is {left.GetValueOrDefault(sent.Cid, "gone")}.", sent));
            else if (sent.Op == "drop" && acked.Contains((sent.Cid, "drop")) && left.ContainsKey(sent.Cid))
                violations.Add(new Violation("G2", $"{sent.Cid} was answered and dropped, and would be sent again.", sent));
        foreach (var (cid, text) in left)
            if (text != cid)
                violations.Add(new Violation("G1", $"{cid} would be sent as {text}."));
        return violations;
    }

    private static EntryAdded Kept(string cid, int words) => ClientId.TryCreate(cid, out var id)
        ? new EntryAdded(new OutboxEntry(new SendFrame(id, new RoomRef(null, "lobby"), Encoding.UTF8.GetBytes(BodyText.Of(cid, words))), 1, null))
        : throw new ArgumentException(cid, nameof(cid));
}
