using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>Who does not hear whom, and what was reported, as docs/protocols/websocket.md says them.</summary>
internal sealed partial class ModelStore
{
    private readonly List<(UserId User, UserId Blocked, long At)> _blocks = [];
    private readonly HashSet<(UserId By, RoomId Room, long Seq)> _reports = [];
    private readonly Dictionary<(UserId User, string Act), long> _levels = [];

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) => new((IReadOnlyList<User>)
        [.. _blocks.Where(b => b.User == user).OrderBy(b => b.At).ThenBy(b => b.Blocked.Value).Select(b => _users.Find(u => u.Id == b.Blocked)!)]);

    private bool Blocks(UserId user, UserId other) => _blocks.Any(b => b.User == user && b.Blocked == other);

    /// <summary>The two of a direct room, whichever of them it was.</summary>
    private bool IsSevered(ModelRoom room) => room.Room is { Kind: RoomKind.Direct, Users: [var one, var other] } && (Blocks(one.Id, other.Id) || Blocks(other.Id, one.Id));

    private Outcome Block(BlockUser command, User actor, long now)
    {
        var act = $"{nameof(BlockUser)} {command.On}";
        var subject = _users.Find(u => u.Id == command.Subject);
        if (AnswerTo(command) is { } first)
            return first.Act == act && first.Seq == command.Subject.Value ? new BlockChanged(actor, subject!, command.On, IsNew: false) : new Refused(Refusal.CidConflict);
        if (subject is not { Kind: not UserKind.System })
            return new Refused(Refusal.NoSuchUser);
        var isOn = Blocks(actor.Id, subject.Id);
        if (command.On && !isOn)
        {
            if (subject.Id == actor.Id)
                return new Refused(Refusal.Forbidden);
            if (Living(subject.Id) is null)
                return new Refused(Refusal.NoSuchUser);
            if (_blocks.Count(b => b.User == actor.Id) >= 1_000)
                return new Refused(Refusal.TooMany);
        }
        if (command.Cid is { } cid)
            _answers.Add((actor.Id, cid), new Answer(act, default, subject.Id.Value, 0));
        _blocks.RemoveAll(b => !command.On && b.User == actor.Id && b.Blocked == subject.Id);
        if (command.On && !isOn)
            _blocks.Add((actor.Id, subject.Id, now));
        return new BlockChanged(actor, subject, command.On, isOn != command.On);
    }

    private Outcome Report(ReportMessage command, User actor, ModelRoom room, long now)
    {
        var report = (actor.Id, room.Id, command.Target);
        if (_reports.Contains(report) || _reports.Count(r => r.Room == room.Id && r.Seq == command.Target) >= 20)
            return AnswerWithHead(command, room);
        if (_reports.Count >= 10_000 || _reports.Count(r => r.By == actor.Id) >= 100)
            return new Refused(Refusal.TooMany);
        if (WaitToDo(nameof(ReportMessage), actor, atOnce: 20, eachHour: 60, now) is { } wait)
            return new Refused(Refusal.RateLimited, wait);
        _reports.Add(report);
        return new ReportsChanged(_reports.Count) { Answer = AnswerWithHead(command, room) };
    }

    /// <summary>Whoever is lower, or an owner is anybody but oneself; and what somebody left behind who has ended. In every room where there is something, the server erases it.</summary>
    private Outcome Purge(Purge command, long now)
    {
        var subject = _users.Find(u => u.Id == command.Subject);
        if (command.By is { Id: var by })
        {
            if (Living(by) is not { Kind: UserKind.Account } actor)
                return new Refused(Refusal.LoginRequired);
            var role = Living(command.Subject)?.Role ?? ServerRole.Guest;
            if (actor.Role < ServerRole.Admin || by == command.Subject || (role >= actor.Role && actor.Role != ServerRole.Owner))
                return new Refused(Refusal.Forbidden);
        }
        if (subject is not { Kind: not UserKind.System })
            return new Refused(Refusal.NoSuchUser);
        var events = new List<(Room, RoomEvent)>();
        foreach (var room in _rooms.Where(r => HasWrittenIn(r, subject.Id) && !r.HasNothingToErase(subject.Id)).OrderBy(r => r.Id.Value))
            events.Add((AsOfNow(room), CarryOut(new EraseMessages(_users[0], null, room.Id, subject.Id), _users[0], room, now).Event!));
        return new AccountChanged(subject) { Events = events };
    }

    private static bool HasWrittenIn(ModelRoom room, UserId user) => room.Events.Any(e => e is Posted && e.From.Id == user);

    /// <summary>As a bucket that empties at an even pace: what is in it is counted in milliseconds. Null: there is room, and it is filled.</summary>
    private TimeSpan? WaitToDo(string act, User actor, int atOnce, int eachHour, long now)
    {
        var each = 3_600_000 / eachHour;
        var filled = Math.Max(0, _levels.GetValueOrDefault((actor.Id, act), now) - now);
        // More than ever fits: the clock went back.
        if (filled > atOnce * each)
            filled = 0;
        if (filled + each > atOnce * each)
            return TimeSpan.FromMilliseconds(filled + each - (atOnce * each));
        _levels[(actor.Id, act)] = now + filled + each;
        return null;
    }

    /// <summary>Whoever left a direct room and opens it sees what is said from then on.</summary>
    private Logged Return(OpenDirect command, ModelRoom room, User actor, long now)
    {
        var joined = Enter(room, actor, now);
        Claim(command, room.Id, joined.Seq, joined.Ts);
        return joined with { Room = AsOfNow(room) };
    }
}
