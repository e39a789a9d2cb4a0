using System.Runtime.InteropServices;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>
/// The order in which a batch is carried out. Posts that follow one another are taken room by room: in every table a room's rows lie side by side, and
/// what the first of them brought into the processor's cache is still there for the next. Each room's posts stay in their order, and so do each person's.
/// </summary>
internal sealed class RoomByRoom
{
    private readonly List<(long Room, int Index)> _order = [];
    private readonly Dictionary<UserId, RoomId> _writers = [];
    private int _begin;

    /// <summary>Each command's place in the batch. Valid until it is asked again.</summary>
    internal ReadOnlySpan<(long Room, int Index)> Of(IReadOnlyList<Command> batch)
    {
        _order.Clear();
        _begin = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i] is Post post)
            {
                // One's second room would come before the first: there one stretch of posts ends, and the next begins.
                if (!_writers.TryAdd(post.Actor.Id, post.Room) && _writers[post.Actor.Id] != post.Room)
                {
                    EndStretch();
                    _writers.Add(post.Actor.Id, post.Room);
                }
                _order.Add((post.Room.Value, i));
                continue;
            }
            EndStretch();
            _order.Add((0, i));
            _begin = _order.Count;
        }
        EndStretch();
        return CollectionsMarshal.AsSpan(_order);
    }

    private void EndStretch()
    {
        CollectionsMarshal.AsSpan(_order)[_begin..].Sort(static (a, b) => a.Room != b.Room ? a.Room.CompareTo(b.Room) : a.Index.CompareTo(b.Index));
        _begin = _order.Count;
        _writers.Clear();
    }
}
