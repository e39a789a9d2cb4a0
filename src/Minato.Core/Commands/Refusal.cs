namespace Minato.Core.Commands;

/// <summary>Why a command was refused: a value, translated once for each protocol.</summary>
public enum Refusal
{
    NoSuchRoom,
    NoSuchUser,
    NoSuchMessage,
    NotAMember,
    AlreadyMember,
    Forbidden,
    LastOwner,
    Archived,
    BadNick,
    NickTaken,
    BadSlug,
    SlugTaken,
    BadTitle,
    BadTopic,
    BadBody,
    BodyTooLarge,
    BadEmoji,
    TooMany,
    BadUntil,
    BadDays,
    BadQuery,
    CidConflict,
    RateLimited,
    Busy,
    StorageFull,
    StorageAway,
    StorageFailed,
    LoginRequired,
}
