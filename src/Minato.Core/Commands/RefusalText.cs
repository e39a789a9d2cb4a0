using Minato.Core.Accounts;
using Minato.Core.Messages;
using Minato.Core.Reports;
using Minato.Core.Rooms;
using Minato.Core.Search;

namespace Minato.Core.Commands;

/// <summary>A refusal as one English sentence, for terminals and logs.</summary>
public static class RefusalText
{
    /// <summary>With how long to wait, where that is for a person to do.</summary>
    public static string Sentence(this Refused refused) => refused switch
    {
        { Reason: Refusal.SlowMode, RetryAfter: { } wait } => $"This room is in slow mode: nothing was posted. Send it again in {Math.Ceiling(wait.TotalSeconds)} seconds.",
        { IsOfGuesses: true, RetryAfter: { } wait } => $"Too many were wrong. Try again in {Math.Ceiling(wait.TotalSeconds)} s.",
        // A moment is not worth a number.
        { Reason: Refusal.RateLimited, RetryAfter: { TotalSeconds: >= 10 } wait } => $"Too fast: this was not saved. Send it again in {Math.Ceiling(wait.TotalSeconds)} seconds.",
        _ => refused.Reason.Sentence(),
    };

    public static string Sentence(this Refusal refusal) => refusal switch
    {
        Refusal.NoSuchRoom => "There is no such room.",
        Refusal.NoSuchUser => "Nobody of that name is known.",
        Refusal.NoSuchMessage => "There is no such message.",
        Refusal.NoSuchLink => "This link lets nobody in, or not any more. Ask for another.",
        Refusal.NoSuchReport => "There is no such report, or not any more.",
        Refusal.NoSuchFile => "There is no such file, or not any more.",
        Refusal.Blocked => "One of you has blocked the other.",
        Refusal.NotAMember => "Join the room first.",
        Refusal.AlreadyMember => "You are in this room already.",
        Refusal.InviteOnly => "This room takes an invitation. Ask somebody who moderates it.",
        Refusal.WrongKey => "This room takes a key, and that is not it. Ask somebody who is in it.",
        Refusal.RoomFull => "This room is full. Ask to be invited.",
        Refusal.Forbidden => "You may not do that here.",
        Refusal.LastOwner => "There would be no owner any more. Make somebody else an owner first.",
        Refusal.Archived => "This room is archived: it can be read, not changed.",
        Refusal.BadNick => "A name is 1 to 64 bytes of letters, digits and - _ . in any script, without spaces.",
        Refusal.NickTaken => "That name is taken. Choose another.",
        Refusal.BadSlug => "A room's name is 1 to 64 bytes of letters, digits and - _ . in any script, without spaces.",
        Refusal.SlugTaken => "A room of that name exists already.",
        Refusal.BadTitle => "A title is one line of at most 120 bytes.",
        Refusal.BadTopic => "A topic is one line of at most 512 bytes.",
        Refusal.BadBody => "A message is text: not blank, valid UTF-8, no control characters but line feed and tab.",
        Refusal.BodyTooLarge => $"A message is at most {MessageBody.MaxBytes} bytes. Nothing was posted.",
        Refusal.BadEmoji => "A reaction is an emoji or a short word: 1 to 32 bytes, no spaces.",
        Refusal.TooMany => "There are too many of these. Take one away first, or try again later.",
        Refusal.BadUntil => "That time is over already, or too far away.",
        Refusal.BadDays => $"Messages are kept for {Retention.MinDays} to {Retention.MaxDays} days, or for ever.",
        Refusal.BadSeconds => $"Between two posts lie {SlowMode.MinSeconds} to {SlowMode.MaxSeconds} seconds, or none.",
        Refusal.BadLimit => $"A room takes {MemberLimit.Min} to {MemberLimit.Max} members, or any number.",
        Refusal.BadKey => $"A key is 1 to {RoomKey.MaxLength} printable ASCII characters, no comma, no colon at its beginning.",
        Refusal.BadPattern => $"A pattern is NICK!USERNAME@HOST or account:NAME, with * and ?, of at most {UserPattern.MaxBytes} bytes and {UserPattern.MaxStars} stars, those that are left out included.",
        Refusal.BadUses => $"A link lets in 1 to {RoomLink.MaxUses} people.",
        Refusal.BadReason => $"A reason is at most {ReportReason.MaxBytes} bytes of text.",
        Refusal.BadQuery => $"A search is 1 to {SearchQuery.MaxTerms} words of at most {SearchQuery.MaxLength} characters in all, and not only punctuation.",
        Refusal.CidConflict => "This client id was used for something else.",
        Refusal.RateLimited => "Too fast: this was not saved. Send it again a little later.",
        Refusal.SlowMode => "This room is in slow mode: nothing was posted. Send it again a little later.",
        Refusal.Busy => "The server is busy: this was not saved. Send it again a little later.",
        Refusal.StorageFull => "The server's disk is full: this was not saved. Send it again later.",
        Refusal.StorageAway => "The server cannot reach its database: nothing was saved. Try again later.",
        Refusal.StorageFailed => "The server's disk failed: whether this was saved is not known.",
        Refusal.LoginRequired => "Log in first.",
        Refusal.WrongLogin => "The name or the password is wrong.",
        Refusal.BadPassword => $"A password is at least {Password.MinBytes} bytes of text, if this server asks for no other number, at most {Password.MaxBytes}, and without control characters.",
        Refusal.BadLabel => $"What a device or a token is called is one line of 1 to {Label.MaxBytes} bytes.",
        Refusal.BadInvitation => "This invitation is used up, expired, or none. Ask for another.",
        Refusal.SignUpClosed => "Nobody can sign up here at the moment. Ask whoever runs this server.",
        Refusal.NoSuchCredential => "There is no such session, token, passkey or invitation.",
        Refusal.BadPasskey => "This passkey was not accepted: it opens nothing here, or was asked for too long ago. Try again, or use the password.",
        Refusal.NoPasskeysHere => "Passkeys take https and a name: open this server at its public address or, where it has none, on its own machine at http://localhost.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
