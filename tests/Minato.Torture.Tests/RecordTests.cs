using System.Runtime.CompilerServices;
using Minato.Torture.Checking;
using Minato.Torture.Histories;
using static Minato.Torture.Tests.HistoryText;

namespace Minato.Torture.Tests;

/// <summary>The histories of an hour are more than memory holds.</summary>
public sealed class RecordTests
{
    private const int Clients = 6, Posts = 40;

    private readonly List<WeakReference> _read = [];

    [Fact]
    public void Clients_are_read_twice_one_after_the_other_and_not_kept()
    {
        Assert.Empty(Checker.Check(new Checking.Record(Histories(), Log(Posts))));
        Assert.Equal(2 * (Clients + 1), _read.Count);
    }

    /// <summary>As from their files: each is made when it is asked for.</summary>
    private IEnumerable<IReadOnlyList<Entry>> Histories() => Enumerable.Range(0, Clients + 1).Select(Read);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<Entry> Read(int client)
    {
        // Whoever was read before the one before this one is of no use to anybody any more.
        GC.Collect();
        Assert.All(_read.SkipLast(2), r => Assert.False(r.IsAlive));
        List<Entry> entries = client == Clients
            ? [.. Senders(Posts).Select(EntryLine.Read)]
            : [.. Rooms.SelectMany(room => Enumerable.Range(1, Posts).Select(seq => $"{seq + 10} f0s{client} saw {room} {seq} post {seq} {seq} u {Text(room, seq)} 0 -")
                .Prepend($"2 f0s{client} follows {room} 0").Append($"99 f0s{client} ended {room} {Posts}")).Prepend($"1 f0s{client} connected 1").Select(EntryLine.Read)];
        _read.Add(new WeakReference(entries));
        return entries;
    }
}
