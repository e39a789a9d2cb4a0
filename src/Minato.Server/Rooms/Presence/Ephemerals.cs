using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Rooms.Presence;

/// <summary>
/// What one room tells beside its log, to those who want it: who is here, who types, how far others have read. Nothing of it is kept,
/// and whoever reads slowly misses it first. Belongs to its room, and is guarded by the room's lock.
/// </summary>
internal sealed class Ephemerals
{
    /// <summary>People here up to whom each is told of each: above, presence is a count and nobody is told who types.</summary>
    internal const int MaxNamed = 500;

    /// <summary>People here up to whom others' read positions are told; above, they can be asked for.</summary>
    internal const int MaxReceipts = 100;

    /// <summary>Ticks between two counts in a room of more than <see cref="MaxNamed"/>: each goes to everybody who wants it.</summary>
    internal const int CountTicks = 10;

    /// <summary>People in one frame; more than that at once is a crowd, in which nobody reads names.</summary>
    private const int MaxTyping = 20;

    private readonly Dictionary<UserId, User> _typing = [];
    private int _ticksToCount;

    internal RoomPresence Presence { get; } = new();

    /// <summary>Whether a tick has anything to do here.</summary>
    internal bool IsStirred => Presence.IsStirred || _typing.Count > 0;

    internal void Type(User user)
    {
        if (Presence.Count <= MaxNamed && _typing.Count < MaxTyping)
            _typing[user.Id] = user;
    }

    internal void Tick(Guid room, List<Subscription> subscribers, Turn turn)
    {
        TellPresence(room, subscribers, turn);
        if (_typing.Count == 0)
            return;
        var frame = Once(f => f.Typing(room, _typing.Values));
        foreach (var subscription in subscribers)
            TryTell(subscription, Wants.Typing, turn, frame);
        _typing.Clear();
    }

    /// <summary>Members who asked are told how far others have read.</summary>
    internal void TellReceipts(Guid room, IReadOnlyList<ReadPosition> moved, List<Subscription> subscribers, Turn turn)
    {
        if (Presence.Count > MaxReceipts)
            return;
        var frame = Once(f => f.Receipts(room, moved));
        foreach (var subscription in subscribers)
            if (subscription.IsMember)
                TryTell(subscription, Wants.Receipts, turn, frame);
    }

    private void TellPresence(Guid room, List<Subscription> subscribers, Turn turn)
    {
        var isCrowd = Presence.Count > MaxNamed;
        Presence.Linger();
        _ticksToCount--;
        if ((isCrowd && _ticksToCount > 0) || Presence.TakeChange() is not { } change)
            return;
        _ticksToCount = CountTicks;
        var named = Once(f => f.Presence(room, change.Arrived, change.Left, change.Count));
        var count = Once(f => f.Presence(room, change.Count));
        foreach (var subscription in subscribers)
            // Who missed a frame no longer knows who is here, and a count says so.
            subscription.MissedPresence = !TryTell(subscription, Wants.Presence, turn, isCrowd || subscription.MissedPresence ? count : named);
    }

    /// <summary>Whoever still catches up is told nothing yet: not before their welcome, and nothing of people whose words they have not seen.</summary>
    private static bool TryTell(Subscription subscription, Wants what, Turn turn, Lazy<byte[]> frame) =>
        subscription.IsLive && subscription.Session.Wants.HasFlag(what) && turn.TrySend(subscription.Session, frame.Value);

    /// <summary>Encoded when the first one wants it, for all.</summary>
    private static Lazy<byte[]> Once(Action<ServerFrameWriter> write) => new(
        () =>
        {
            var frames = Frames.OfThisThread;
            write(frames);
            return frames.Framed();
        }, LazyThreadSafetyMode.None);
}
