using Minato.Core.Commands;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Refusals in the words of the protocol, and in English for logs and terminals.</summary>
public static class Codes
{
    public static string Of(Refusal refusal) => refusal switch
    {
        Refusal.NoSuchRoom => "no_such_room",
        Refusal.NoSuchUser => "no_such_user",
        Refusal.NoSuchMessage => "no_such_message",
        Refusal.NoSuchLink => "no_such_link",
        Refusal.NoSuchReport => "no_such_report",
        Refusal.Blocked => "blocked",
        Refusal.NotAMember => "not_a_member",
        Refusal.AlreadyMember => "already_member",
        Refusal.Forbidden => "forbidden",
        Refusal.LastOwner => "last_owner",
        Refusal.Archived => "archived",
        Refusal.BadNick => "bad_nick",
        Refusal.NickTaken => "nick_taken",
        Refusal.BadSlug => "bad_slug",
        Refusal.SlugTaken => "slug_taken",
        Refusal.BadTitle => "bad_title",
        Refusal.BadTopic => "bad_topic",
        Refusal.BadBody => "bad_body",
        Refusal.BodyTooLarge => "body_too_large",
        Refusal.BadEmoji => "bad_emoji",
        Refusal.BadQuery => "bad_query",
        Refusal.TooMany => "too_many",
        Refusal.BadUntil => "bad_until",
        Refusal.BadDays => "bad_days",
        Refusal.BadSeconds => "bad_seconds",
        Refusal.BadUses => "bad_uses",
        Refusal.BadReason => "bad_reason",
        Refusal.CidConflict => "cid_conflict",
        Refusal.RateLimited => "rate_limited",
        Refusal.SlowMode => "slow_mode",
        Refusal.Busy => "busy",
        Refusal.StorageFull => "storage_full",
        Refusal.StorageAway => "storage_away",
        Refusal.StorageFailed => "storage_failed",
        Refusal.LoginRequired => "login_required",
        Refusal.WrongLogin => "wrong_login",
        Refusal.BadPassword => "bad_password",
        Refusal.BadLabel => "bad_label",
        Refusal.BadInvitation => "bad_invitation",
        Refusal.SignUpClosed => "signup_closed",
        Refusal.NoSuchCredential => "no_such_credential",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
