namespace Minato.Core.Rights;

/// <summary>What somebody may want in a room: a row of <see cref="RightsTable"/> each.</summary>
public enum RoomAction
{
    Read,
    Post,
    Edit,
    Delete,
    React,
    Pin,
    Join,
    Leave,
    MarkRead,
    SetTopic,
    SetTitle,
    Invite,
    Kick,
    Ban,
    Unban,
    Mute,
    Unmute,
    SetRole,

    /// <summary>Giving up a role of one's own.</summary>
    StepDown,
    Archive,
    Unarchive,
    SetHistory,
    SetRetention,

    /// <summary>All of somebody else's messages at once.</summary>
    EraseMessages,

    /// <summary>All of one's own.</summary>
    EraseOwn,
}
