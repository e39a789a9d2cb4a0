using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Server.Nodes.Here;

/// <summary>Who is in which room by which other node, as those have said. A node that has said nothing for long is gone, and they with it. For one thread at a time.</summary>
internal sealed class OthersHere(TimeProvider clock)
{
    /// <summary>Three times as long as a node is silent.</summary>
    internal static readonly TimeSpan GoneAfter = HereTeller.RefreshEvery * 3;

    private readonly Dictionary<string, Node> _nodes = [];

    /// <summary>Those who are in a room by any of them.</summary>
    internal HashSet<UserId> In(RoomId room)
    {
        var users = new HashSet<UserId>();
        foreach (var node in _nodes.Values)
            if (node.Rooms.TryGetValue(room, out var here))
                users.UnionWith(here);
        return users;
    }

    internal void Take(string node, IEnumerable<Whisper> whispers)
    {
        if (!_nodes.TryGetValue(node, out var known))
            _nodes[node] = known = new Node();
        known.HeardAt = clock.GetTimestamp();
        foreach (var whisper in whispers)
            known.Take(whisper);
    }

    /// <summary>Forgets those nodes that have gone.</summary>
    internal void Expire()
    {
        foreach (var (name, node) in _nodes)
            if (clock.GetElapsedTime(node.HeardAt) > GoneAfter)
                _nodes.Remove(name);
    }

    private sealed class Node
    {
        internal long HeardAt { get; set; }

        internal Dictionary<RoomId, HashSet<UserId>> Rooms { get; } = [];

        internal void Take(Whisper whisper)
        {
            if (whisper.Kind == WhisperKind.Here)
                Rooms[whisper.Room] = [.. whisper.Users];
            else if (whisper.Kind == WhisperKind.Came)
                In(whisper.Room).UnionWith(whisper.Users);
            else if (whisper.Kind == WhisperKind.Went)
                In(whisper.Room).ExceptWith(whisper.Users);
            if (Rooms.TryGetValue(whisper.Room, out var here) && here.Count == 0)
                Rooms.Remove(whisper.Room);
        }

        private HashSet<UserId> In(RoomId room)
        {
            if (!Rooms.TryGetValue(room, out var here))
                Rooms[room] = here = [];
            return here;
        }
    }
}
