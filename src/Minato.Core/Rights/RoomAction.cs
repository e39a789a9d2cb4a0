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

    /// <summary>To those who run the server.</summary>
    Report,
    Join,
    JoinByLink,
    Leave,
    MarkRead,
    SetTopic,
    SetTitle,

    /// <summary>Another name for the room: <see cref="Rooms.Room.Slug"/>.</summary>
    SetSlug,
    Invite,
    MakeLink,
    RevokeLink,
    Kick,
    Ban,
    Unban,
    Mute,
    Unmute,
    SetRole,

    /// <summary>Giving up a role of one's own.</summary>
    StepDown,

    /// <summary>Handing a room over: the other is its owner, and one is a moderator.</summary>
    Transfer,
    Archive,
    Unarchive,
    SetHistory,
    SetRetention,
    SetPosting,
    SetSlowMode,

    /// <summary>Who comes in, who speaks from outside, who sets the topic: <see cref="Rooms.Restrictions"/>, key and limit.</summary>
    Restrict,

    /// <summary>All of somebody else's messages at once.</summary>
    EraseMessages,

    /// <summary>All of one's own.</summary>
    EraseOwn,
}
