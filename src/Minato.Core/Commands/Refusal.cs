namespace Minato.Core.Commands;

/// <summary>Why a command was refused: a value, translated once for each protocol.</summary>
public enum Refusal
{
    NoSuchRoom,
    NoSuchUser,
    NotAMember,
    AlreadyMember,
    Forbidden,
    Archived,
    BadNick,
    NickTaken,
    BadSlug,
    SlugTaken,
    BadTitle,
    BadTopic,
    BadBody,
    BodyTooLarge,
    CidConflict,
    RateLimited,
    Busy,
    StorageFull,
    StorageFailed,
    LoginRequired,
}
