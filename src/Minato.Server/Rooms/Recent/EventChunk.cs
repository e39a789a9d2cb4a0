using Minato.Core.Events;
using Minato.Core.Rooms;

namespace Minato.Server.Rooms.Recent;

/// <summary>
/// Some events in a row, and their bytes in each wire format in which somebody asked for them: encoded for the first, shared with
/// all who return to the same place or near it. Its lock guards all of it; the room's lock may be held around it, never the other way.
/// </summary>
internal sealed class EventChunk(long first, RecentBudget budget)
{
    /// <summary>Few enough that one event more costs little encoding, many enough that a storm shares its work.</summary>
    private const int MaxEvents = 64;

    /// <summary>Bytes after which a chunk takes no more: its encoding stays far below what may wait for one peer.</summary>
    private const int MaxBytes = 64 * 1024;

    /// <summary>What an event takes besides its text: the record, its body's array and its place in the list.</summary>
    private const int Overhead = 160;

    private readonly Lock _gate = new();
    private readonly List<RoomEvent> _events = [];
    private readonly List<Encoded> _encoded = [];
    private int _bytes;
    private bool _isGone;

    /// <summary>The seq of its first event.</summary>
    internal long First { get; } = first;

    internal int Count
    {
        get
        {
            lock (_gate)
                return _events.Count;
        }
    }

    internal bool IsFull
    {
        get
        {
            lock (_gate)
                return _events.Count >= MaxEvents || _bytes >= MaxBytes;
        }
    }

    /// <returns>The bytes that it takes.</returns>
    internal int Add(RoomEvent ev)
    {
        var bytes = Overhead + TextBytes(ev);
        lock (_gate)
        {
            _events.Add(ev);
            _bytes += bytes;
        }
        budget.Add(bytes);
        return bytes;
    }

    /// <summary>The events with <paramref name="after"/> &lt; seq ≤ <paramref name="upTo"/> that stand here, under today's names.</summary>
    /// <param name="last">The newest of them.</param>
    internal ReadOnlyMemory<byte> Encode(WireFormat format, Room room, long after, long upTo, Renames renames, out long last)
    {
        lock (_gate)
        {
            last = Math.Min(upTo, First + _events.Count - 1);
            var encoded = Encoding(format, room, renames);
            var start = encoded.Ends[(int)(after + 1 - First)];
            return encoded.Bytes.AsMemory(start, encoded.Ends[(int)(last + 1 - First)] - start);
        }
    }

    /// <returns>The bytes that this frees.</returns>
    internal int Erase(Predicate<RoomEvent> isErased)
    {
        var freed = 0;
        lock (_gate)
        {
            for (var i = 0; i < _events.Count; i++)
            {
                if (TextBytes(_events[i]) is not (> 0 and var text) || !isErased(_events[i]) || WithoutBody(_events[i]) is not { } blank)
                    continue;
                _events[i] = blank;
                freed += text;
            }
            if (freed == 0)
                return 0;
            _bytes -= freed;
            ForgetEncodings();
        }
        budget.Add(-freed);
        return freed;
    }

    /// <summary>Gives back what it took. Whoever still reads it may end.</summary>
    /// <returns>The bytes of its events.</returns>
    internal int LetGo()
    {
        lock (_gate)
        {
            _isGone = true;
            ForgetEncodings();
            budget.Add(-_bytes);
            return _bytes;
        }
    }

    private Encoded Encoding(WireFormat format, Room room, Renames renames)
    {
        var at = _encoded.FindIndex(e => e.Format == format);
        if (at >= 0 && _encoded[at].Ends.Length > _events.Count && !renames.Concern(_events, since: _encoded[at].Names))
            return _encoded[at];
        var names = renames.Version; // before the names are looked up: one that changes meanwhile is looked up again
        var bytes = format.Encode(room, _events.ConvertAll(renames.UnderTodaysName), out var ends);
        var encoded = new Encoded(format, bytes, ends, names);
        if (_isGone)
            return encoded;
        budget.Add(bytes.Length - (at >= 0 ? _encoded[at].Bytes.Length : 0));
        if (at >= 0)
            _encoded[at] = encoded;
        else
            _encoded.Add(encoded);
        return encoded;
    }

    private void ForgetEncodings()
    {
        foreach (var encoded in _encoded)
            budget.Add(-encoded.Bytes.Length);
        _encoded.Clear();
    }

    private static RoomEvent? WithoutBody(RoomEvent ev) => ev switch
    {
        Posted { Body: not null } posted => posted with { Body = null },
        Edited { Body: not null } edited => edited with { Body = null },
        _ => null,
    };

    private static int TextBytes(RoomEvent ev) => ev switch
    {
        Posted { Body: { } body } => body.Utf8.Length,
        Edited { Body: { } body } => body.Utf8.Length,
        TopicChanged changed => changed.Topic.Length * sizeof(char),
        TitleChanged changed => changed.Title.Length * sizeof(char),
        SlugChanged changed => (changed.Slug.Length + changed.Was.Length) * sizeof(char),
        _ => 0,
    };

    /// <param name="Ends">Where each event ends, behind a first 0.</param>
    /// <param name="Names">The renames that it takes account of.</param>
    private sealed record Encoded(WireFormat Format, byte[] Bytes, int[] Ends, long Names);
}
