namespace Minato.Storage.Tests.Histories;

/// <summary>What one step of a history does. Most are a command; the last ones are what happens around commands.</summary>
internal enum Deed
{
    Post,
    Reply,
    Edit,
    Delete,
    React,
    Unreact,
    Pin,
    Unpin,
    Join,
    Leave,
    Invite,
    Kick,
    Ban,
    Unban,
    Mute,
    Unmute,
    SetRole,
    SetTopic,
    SetTitle,
    SetSlug,
    Archive,
    Unarchive,
    SetHistory,
    SetRetention,
    EraseMessages,
    SetPosting,
    SetSlowMode,
    Restrict,
    Free,
    SetMemberLimit,
    SetKey,
    JoinByKey,
    SetPattern,
    MakeLink,
    RevokeLink,
    JoinByLink,
    Transfer,
    GiveRole,

    /// <summary>What the operator does, and tries.</summary>
    Operate,
    Create,
    OpenDirect,
    Block,
    Unblock,
    Report,

    /// <summary>By the operator, by dee and by others, who may not.</summary>
    Purge,
    Rename,
    Visit,
    EndVisit,
    MarkRead,

    /// <summary>An earlier command once more, as a client does that lost the answer.</summary>
    Again,

    /// <summary>The clock goes on, or back.</summary>
    Clock,

    /// <summary>What was gathered so far becomes one batch.</summary>
    Commit,
    Reopen,
}

/// <summary>
/// One step of a history, in small numbers that mean something whatever came before: the k-th person, the k-th newest message. So
/// what is left of a history when steps are taken out is still a history.
/// </summary>
/// <param name="Who">0 to 5: ann, bob, cy, dee, and two visitors; mostly, where it takes a rank, the k-th of the room's members from the top.</param>
/// <param name="Room">0 to 3: the lobby, ann's public room, bob's private one, and the newest of the others.</param>
/// <param name="Whom">As <paramref name="Who"/>; 6: the system, 7: nobody.</param>
/// <param name="What">Which message, text, emoji, role, time; each deed's own.</param>
/// <param name="Cid">0: none; 1 to 4: one of a few that are used again and again; else a new one.</param>
internal readonly record struct Step(Deed Deed, int Who = 0, int Room = 0, int Whom = 0, int What = 0, int Cid = 0)
{
    public const int NewCid = 5;

    /// <summary>The same with less in it.</summary>
    public IEnumerable<Step> Simpler()
    {
        if (Cid != 0)
            yield return this with { Cid = 0 };
        if (What != 0)
            yield return this with { What = 0 };
        if (What > 1)
            yield return this with { What = What / 2 };
        if (Room != 0)
            yield return this with { Room = 0 };
        if (Room > 1)
            yield return this with { Room = 1 };
        if (Who != 0)
            yield return this with { Who = 0 };
        if (Whom != 0)
            yield return this with { Whom = 0 };
    }

    public override string ToString() => $"new({nameof(Deed)}.{Deed}, {Who}, {Room}, {Whom}, {What}, {Cid})";
}
