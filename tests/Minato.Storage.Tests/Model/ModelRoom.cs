using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>One room of the <see cref="ModelStore"/>: its log, and what its people are. Everything else is read out of these.</summary>
internal sealed class ModelRoom(Room room)
{
    private (int Events, List<Message> Messages)? _folded;
    private readonly Dictionary<long, List<(string Emoji, List<UserId> Of)>> _reactions = [];

    public RoomId Id => Room.Id;

    public Room Room { get; set; } = room;

    /// <summary>All that it was ever called, folded.</summary>
    public HashSet<string> Names { get; } = room.Slug is { } slug ? [Slug.Key(slug)] : [];

    public bool IsPublic => Room.Kind == RoomKind.Public;

    /// <summary>Anybody sees all of it, member or not.</summary>
    public bool IsOpen => IsPublic && Room.History == HistoryView.All;

    /// <summary>What members are, from the lowest.</summary>
    public static readonly List<Standing> Roles = [Standing.Member, Standing.Speaker, Standing.Helper, Standing.Moderator, Standing.Owner];

    public List<RoomEvent> Events { get; } = [];

    public Dictionary<UserId, Standing> Members { get; } = [];

    /// <summary>The event with which each of them came.</summary>
    public Dictionary<UserId, long> Since { get; } = [];

    /// <summary>When somebody last posted while there was slow mode.</summary>
    public Dictionary<UserId, long> LastSlowPost { get; } = [];

    public List<ModelLink> Links { get; } = [];

    public List<ListedPattern> Patterns { get; } = [];

    /// <summary>By whom.</summary>
    public Dictionary<UserId, UserId> Invited { get; } = [];

    /// <summary>Until when; null: until somebody ends it. One that has run out stays: the clock may go back.</summary>
    public Dictionary<UserId, long?> Bans { get; } = [];

    public Dictionary<UserId, long?> Mutes { get; } = [];

    /// <summary>Read positions; a membership that ended leaves its own behind.</summary>
    public Dictionary<UserId, long> Read { get; } = [];

    public List<(UserId User, long From, long? To)> Spans { get; } = [];

    /// <summary>Up to where somebody's messages were erased, all at once.</summary>
    public Dictionary<UserId, long> ErasedUpTo { get; } = [];

    public long Seq => Events.Count;

    public long PostNo => PostNoAt(Seq);

    public long Ts => Events.Count == 0 ? 0 : Events[^1].Ts;

    public Standing RoleOf(UserId user) => Members.GetValueOrDefault(user, Standing.Outsider);

    public bool HasAnotherOwner(UserId than) => Members.Any(m => m.Key != than && m.Value == Standing.Owner);

    /// <summary>What somebody is on the server counts in public rooms, and from an admin on.</summary>
    public Rank RankOf(User user) => new(RoleOf(user.Id), IsPublic && user.Role >= ServerRole.Admin ? user.Role : ServerRole.Guest);

    /// <summary>One's own role and those below, a helper those below; an admin all.</summary>
    public bool MayGive(User user, Standing role) =>
        RankOf(user).OnServer >= ServerRole.Admin || Roles.IndexOf(role) <= Roles.IndexOf(RoleOf(user.Id)) - (RoleOf(user.Id) == Standing.Helper ? 1 : 0);

    public Standing StandingOf(User who, long now)
    {
        var user = who.Id;
        if (IsInForce(Bans, user, now))
            return Standing.Banned;
        var isMuted = IsInForce(Mutes, user, now);
        var isAdmin = RankOf(who).OnServer >= ServerRole.Admin;
        if (Members.TryGetValue(user, out var role))
            return isMuted ? Standing.Muted : isAdmin ? Standing.AdminMember : role;
        if (isAdmin && !isMuted)
            return Standing.Admin;
        // In a public room an invitation is a word in the log, and lets no muted one speak.
        if (Invited.ContainsKey(user) && !(isMuted && IsPublic))
            return Standing.Invited;
        return isMuted ? Standing.MutedOutsider : Standing.Outsider;
    }

    /// <summary>Whether one of a list's patterns is like somebody, as far as the histories' patterns go: a username of theirs nobody knows.</summary>
    public bool IsListed(PatternList list, User user) => Patterns.Any(p => p.List == list && IsLike(
        p.Pattern.Key,
        !p.Pattern.Text.StartsWith("account:", StringComparison.Ordinal) ? $"{Nick.Key(user.Nick)}!u@{user.Uid.ToString("N")[^8..]}.irc.minato"
            : user.Kind == UserKind.Account ? $"account:{Nick.Key(user.Nick)}" : ""));

    public bool IsKeptOut(User user) => IsListed(PatternList.Ban, user) && !IsListed(PatternList.BanException, user);

    /// <summary>What somebody is where they would say something.</summary>
    public Standing SpeakingStandingOf(User user, long now)
    {
        var isSilent = IsKeptOut(user) || (IsListed(PatternList.Mute, user) && !IsListed(PatternList.MuteException, user));
        return StandingOf(user, now) switch
        {
            Standing.Member when isSilent => Standing.Muted,
            Standing.Outsider or Standing.Invited when isSilent => Standing.MutedOutsider,
            var standing => standing,
        };
    }

    private static bool IsLike(string glob, string text) =>
        glob.Length == 0 ? text.Length == 0
        : glob[0] == '*' ? Enumerable.Range(0, text.Length + 1).Any(skipped => IsLike(glob[1..], text[skipped..]))
        : text.Length > 0 && (glob[0] == '?' || glob[0] == text[0]) && IsLike(glob[1..], text[1..]);

    public static bool IsInForce(Dictionary<UserId, long?> list, UserId user, long now) =>
        list.TryGetValue(user, out var until) && (until is null || now < until);

    /// <summary>Makes somebody a member who sees the room from an event on, and has nothing unread.</summary>
    public void Enter(UserId user, Standing role, long from)
    {
        Members.Add(user, role);
        Since[user] = Seq;
        Invited.Remove(user);
        Spans.Add((user, from, null));
        Read[user] = Seq;
    }

    /// <summary>Ends a membership with the newest event as the last that is seen.</summary>
    public void Exit(UserId user)
    {
        Members.Remove(user);
        for (var i = 0; i < Spans.Count; i++)
            if (Spans[i].User == user && Spans[i].To is null)
                Spans[i] = Spans[i] with { To = Seq };
    }

    /// <summary>Whether an event, or the message that stands there, may be seen; null is somebody without an identity.</summary>
    public bool Shows(UserId? user, long seq, long now) =>
        user is not { } id ? IsOpen
        : !IsInForce(Bans, id, now) && (IsOpen || Spans.Any(s => s.User == id && s.From <= seq && seq <= (s.To ?? long.MaxValue)));

    public long FirstOfSpan(UserId? user) =>
        IsOpen ? 1 : Spans.Where(s => s.User == user && s.To is null).Select(s => s.From).FirstOrDefault(long.MaxValue);

    /// <summary>The number of the newest post at or below a seq.</summary>
    public long PostNoAt(long seq) => Events.Take((int)Math.Max(0, seq)).Count(e => e is Posted);

    public long UnreadOf(UserId user) => PostNo - PostNoAt(Read.GetValueOrDefault(user));

    public bool IsBetween(IEnumerable<UserId> people) =>
        Room.Kind == RoomKind.Direct && Room.Users.Select(u => u.Id).ToHashSet().SetEquals(people);

    /// <summary>
    /// Who owns the room when its last owner leaves: one who moderates, then one who helps, then whoever came first; those who end with their session
    /// come after all others.
    /// </summary>
    public User? HeirOf(UserId owner, Func<UserId, User> user) => RoleOf(owner) != Standing.Owner || HasAnotherOwner(owner) ? null : Members.Keys
        .Where(m => m != owner).OrderBy(m => user(m).Kind == UserKind.Visitor).ThenByDescending(m => Members[m] == Standing.Moderator).ThenByDescending(m => Members[m] == Standing.Helper).ThenBy(m => Since[m]).ThenBy(m => m.Value)
        .Select(user).FirstOrDefault();

    /// <summary>Whoever is in it has seen everything so far.</summary>
    public void KeepAllInSight()
    {
        Spans.RemoveAll(s => s.To is not null && Members.ContainsKey(s.User));
        for (var i = 0; i < Spans.Count; i++)
            if (Spans[i].To is null)
                Spans[i] = Spans[i] with { From = 1 };
    }

    /// <summary>Takes every body of a message out of the log.</summary>
    public void Erase(long target)
    {
        for (var i = 0; i < Events.Count; i++)
            Events[i] = Events[i] switch
            {
                Posted post when post.Seq == target => post with { Body = null },
                Edited edit when edit.Target == target => edit with { Body = null },
                var other => other,
            };
    }

    /// <summary>Whether somebody said nothing since their messages were erased. The store looks through 200 events for it.</summary>
    public bool HasNothingToErase(UserId author) =>
        Seq - ErasedUpTo.GetValueOrDefault(author) <= 200 && !Messages().Any(m => m.From.Id == author && m.DeletedAt is null);

    public bool HasReacted(long target, string emoji, UserId user) =>
        Messages().Any(m => m.Seq == target) && ReactionsTo(target).Any(r => r.Emoji == emoji && r.Of.Contains(user));

    /// <summary>A message as one person sees it: which reactions are theirs.</summary>
    public Message For(Message message, UserId? viewer) => message with
    {
        // As the page says: in the order in which they first came.
        Reactions = [.. ReactionsTo(message.Seq).Select(r => new Reaction(r.Emoji, r.Of.Count, r.Of.Any(u => u == viewer)))],
    };

    /// <summary>The room's messages as of its head: the log, folded.</summary>
    public List<Message> Messages()
    {
        if (_folded is { } known && known.Events == Events.Count)
            return known.Messages;
        var messages = new List<Message>();
        _reactions.Clear();
        foreach (var ev in Events)
            if (ev is Posted post)
                messages.Add(new Message(post.Seq, post.PostNo, post.Ts, post.From, post.Body) { ReplyTo = post.ReplyTo, ThreadRoot = post.ThreadRoot });
            else if (ev is MessageEvent about)
            {
                var at = messages.FindIndex(m => m.Seq == about.Target);
                messages[at] = Changed(messages[at], about) with { ChangedSeq = about.Seq };
            }
            else if (ev is MessagesErased erased)
                for (var i = 0; i < messages.Count; i++)
                    if (messages[i].From.Id == erased.Subject.Id && messages[i].DeletedAt is null)
                        messages[i] = Deleted(messages[i], erased.Ts) with { ChangedSeq = erased.Seq };
        _folded = (Events.Count, messages);
        return messages;
    }

    private Message Changed(Message message, MessageEvent by)
    {
        switch (by)
        {
            case Edited edited:
                return message with { Body = edited.Body, EditedAt = edited.Ts };
            case Deleted deleted:
                return Deleted(message, deleted.Ts);
            case PinChanged pin:
                return message with { IsPinned = pin.On };
            case Reacted reacted:
                React(ReactionsTo(message.Seq), reacted);
                return message;
            default:
                throw new InvalidOperationException(by.ToString());
        }
    }

    private Message Deleted(Message message, long at)
    {
        _reactions.Remove(message.Seq);
        return message with { Body = null, DeletedAt = at, IsPinned = false };
    }

    private static void React(List<(string Emoji, List<UserId> Of)> reactions, Reacted reacted)
    {
        if (reactions.All(r => r.Emoji != reacted.Emoji))
            reactions.Add((reacted.Emoji, []));
        var of = reactions.Find(r => r.Emoji == reacted.Emoji).Of;
        if (reacted.On)
            of.Add(reacted.From.Id);
        else
            of.Remove(reacted.From.Id);
        reactions.RemoveAll(r => r.Of.Count == 0);
    }

    private List<(string Emoji, List<UserId> Of)> ReactionsTo(long seq) =>
        _reactions.TryGetValue(seq, out var list) ? list : _reactions[seq] = [];
}

/// <summary>A link into a room, by its secret.</summary>
internal sealed record ModelLink(int Number, string Secret, Guid Uid, UserId By, long Until, long Uses)
{
    public long Used { get; init; }

    public bool IsAlive(long now) => now < Until && Used < Uses;
}
