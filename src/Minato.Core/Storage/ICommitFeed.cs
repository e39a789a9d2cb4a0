using Minato.Core.Accounts;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Storage;

/// <summary>
/// What all servers on one database have committed, for the one that asks, which knows its own part already. Only an engine that others write to
/// has one; the log itself is the truth, and hints only say when to look. It waits for nobody who is served, and what is asked of changes holds up no log.
/// </summary>
public interface ICommitFeed
{
    /// <summary>Hears hints until the connection is lost or it is cancelled. The first one comes when it hears: what was said before may have been missed.</summary>
    /// <param name="heard">Called on any thread, with what others say; it does not wait.</param>
    /// <param name="whispered">The same with what others <see cref="Whisper"/>.</param>
    /// <exception cref="StoreAwayException">The server is not there, or not any more.</exception>
    Task ListenAsync(Action<CommitHint> heard, Action<string> whispered, CancellationToken cancel);

    /// <summary>Says something to those others that listen at this moment, in the order in which it is said: it is kept nowhere, and may be lost. Never waits.</summary>
    /// <param name="text">At most <see cref="MaxWhisper"/> characters, all of ASCII.</param>
    void Whisper(string text);

    /// <summary>Characters; PostgreSQL takes 7,999.</summary>
    const int MaxWhisper = 7_900;

    /// <summary>How far these rooms have come; those that are not there are left out.</summary>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(IReadOnlyCollection<RoomId> rooms, CancellationToken cancel);

    /// <summary>The next events of rooms, whoever may see them; rooms that are not there are left out.</summary>
    /// <param name="of">Each room once, and after which of its events.</param>
    /// <param name="limit">Events of each room at most.</param>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<IReadOnlyList<LogPiece>> ReadLogsAsync(IReadOnlyCollection<(RoomId Room, long After)> of, int limit, CancellationToken cancel);

    /// <summary>
    /// Another number since a standby took over, which may not have had the newest commits. It changes before anything is read from that one, and before
    /// a commit to it is answered.
    /// </summary>
    long Timeline { get; }

    /// <summary>By what events are known from others of the same number; those that are not there are left out.</summary>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<IReadOnlyList<(RoomId Room, EventMark Mark)>> ReadMarksAsync(IReadOnlyCollection<(RoomId Room, long Seq)> events, CancellationToken cancel);

    /// <summary>What changed besides the log.</summary>
    /// <param name="after">As of the page before; null: nothing before now.</param>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<ChangePage> ReadChangesAsync(ChangeMark? after, CancellationToken cancel);

    /// <summary>Those who ended as well.</summary>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<IReadOnlyList<UserNow>> ReadUsersAsync(IReadOnlyCollection<UserId> users, CancellationToken cancel);

    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<IReadOnlyList<ReadNow>> ReadPositionsAsync(IReadOnlyCollection<(RoomId Room, UserId User)> of, CancellationToken cancel);

    /// <summary>As <see cref="IStore.FindCredentialAsync"/>.</summary>
    ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel);

    /// <summary>As <see cref="IStore.ReadStandingAsync"/>.</summary>
    ValueTask<Standing> ReadStandingAsync(RoomId room, UserId user, CancellationToken cancel);

    /// <summary>As <see cref="IStore.ReadBlocksAsync"/>.</summary>
    ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel);

    /// <summary>As <see cref="IAccountStore.CountOpenReportsAsync"/>.</summary>
    ValueTask<long> CountOpenReportsAsync(CancellationToken cancel);

    /// <summary>As <see cref="IAccountStore.ReadSettingsAsync"/>.</summary>
    ValueTask<WorkspaceSettings> ReadSettingsAsync(CancellationToken cancel);
}

/// <summary>Somebody committed something.</summary>
/// <param name="Room">Whose log has grown; none: what it was is to be looked for.</param>
/// <param name="Seq">As far as that one knows, the newest.</param>
public readonly record struct CommitHint(RoomId Room, long Seq)
{
    /// <summary>Anything may have been committed.</summary>
    public static readonly CommitHint Look;

    /// <summary>It was something besides the log.</summary>
    public static readonly CommitHint Beside = new(default, 1);
}

/// <summary>A few events in a row, without gaps.</summary>
/// <param name="Room">As of the newest of them, or newer.</param>
/// <param name="Head">Newer than all of them: where it is further, there is more to be read.</param>
public sealed record LogPiece(Room Room, RoomHead Head, IReadOnlyList<LoggedEvent> Events);

/// <param name="Ts">When it was committed, as its room's clock says.</param>
/// <param name="PostNo">The newest post as of the event.</param>
public readonly record struct EventMark(long Ts, long PostNo);

/// <param name="PostNo">The newest post as of the event.</param>
public readonly record struct LoggedEvent(RoomEvent Event, long PostNo);
