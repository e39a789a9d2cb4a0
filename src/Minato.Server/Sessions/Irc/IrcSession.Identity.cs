using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// Who it is: how it is let in, becomes somebody else, and goes.
internal sealed partial class IrcSession
{
    /// <summary>Lets in whoever showed a credential. False: it was ended at that very moment.</summary>
    internal async ValueTask<bool> AdmitAsync(Identity identity)
    {
        if (!await BecomeAsync(identity))
            return false;
        if (You is { } you)
            await _hidden.LoadAsync(Context.Store, you.Id);
        return true;
    }

    /// <summary>Is somebody else from now on, and in no room: whoever it was has gone. False: what let it in was ended at that very moment.</summary>
    /// <param name="reason">Why they went, for those who saw them.</param>
    internal async ValueTask<bool> BecomeAnotherAsync(Identity identity, string reason)
    {
        var was = You!;
        if (Context.Sessions.Of(was.Id).Count > 1)
            PartFromRooms(reason);
        var witnesses = new HashSet<Session>();
        LeaveRooms(witnesses);
        Context.Sessions.Remove(this);
        await GoneAsync(was, witnesses, reason);
        _hidden = new HiddenPeople();
        _marked?.Clear();
        Context.Sessions.Add(this);
        if (!await AdmitAsync(identity))
            return false;
        Network.SetFace(You!, Registration.Username!, Registration.Realname!);
        return true;
    }

    /// <summary>Is who it was, by another credential. False: that was ended at that very moment.</summary>
    internal ValueTask<bool> RenewAsync(Identity identity)
    {
        BecomeKnown(identity);
        return Context.Admission.StillHoldsAsync(identity);
    }

    /// <summary>Ends a login that was made for this connection alone: nobody can come back by it, for its secret was never told.</summary>
    internal Task EndOwnAsync(User owner, CredentialId login) => SubmitLastAsync(new EndSessions(owner, login));

    /// <summary>Becomes a guest of this name for as long as the connection lasts.</summary>
    internal ValueTask<Refused?> BecomeGuestAsync(string nick) => BecomeSomebodyAsync(nick, sessionToken: null);

    /// <summary>Has its guest become an account, of which the guest's connections end, but for this one: unless it comes to nothing.</summary>
    internal async ValueTask<Refused?> SignUpAsync(Func<ValueTask<Refused?>> signUp)
    {
        _isSigningUp = true;
        Refused? refused = new(Refusal.StorageFailed);
        try
        {
            refused = await signUp();
            // The guest's connections are ended in the turn that made the account, perhaps behind the answer.
            await Lane.WhenIdle();
        }
        finally
        {
            _isSigningUp = false;
            if (_isEnded && refused is not null)
                EndLogin();
        }
        return refused;
    }

    internal override bool IsEndedBy(Ending ending)
    {
        if (!base.IsEndedBy(ending))
            return false;
        _isEnded = true;
        return !_isSigningUp;
    }

    /// <summary>Is, in all rooms, the account that its guest has become.</summary>
    internal void StayAs(Identity identity)
    {
        BecomeKnown(identity);
        Network.Metadata.Keep(You!.Uid);
    }

    /// <summary>Who it is from now on; until it is told of its new nick it is addressed by the old one.</summary>
    internal void SayLoggedIn(User account)
    {
        var known = IsRegistered ? You! : account;
        Replies.Begin(Numeric.LoggedIn).Word(Network.FaceOf(known).Mask(known)).Word(account.Nick).End($"You are now logged in as {account.Nick}");
    }

    internal void MarkRegistered()
    {
        Network.Metadata.Move(_early, You!.Uid, You.IsGuest);
        IsRegistered = true;
        Network.SetFace(You!, Registration.Username!, Registration.Realname!);
    }

    private async Task LeaveAsync()
    {
        if (_watched is not null)
            foreach (var nick in _watched.Values)
                Network.Watches.Remove(this, nick);
        Network.Metadata.Forget(_early);
        if (You is { } stays && Context.Sessions.Of(stays.Id).Count > 1)
            PartFromRooms(_quitReason ?? Broken);
        var witnesses = new HashSet<Session>();
        End(witnesses);
        if (You is { } you)
            await GoneAsync(you, witnesses, _quitReason ?? Broken);
        // It may have been opened by one who then did not come in.
        if (Registration is { OwnSession: { } session, Identity.User: { } owner })
            await EndOwnAsync(owner, session);
    }

    /// <summary>Who stays elsewhere has not quit; from the rooms in which nobody else is for them they part.</summary>
    private void PartFromRooms(string reason)
    {
        foreach (var room in Rooms)
            Exit(room.Id, reason);
    }

    private async ValueTask GoneAsync(User you, HashSet<Session> witnesses, string reason)
    {
        if (Context.Sessions.Of(you.Id).Count == 0)
        {
            Network.Whowas.Add(you, Network.FaceOf(you), Context.Clock.GetUtcNow());
            foreach (var witness in witnesses.OfType<IrcSession>())
                witness.Say(output => witness.Format.Writer.Quit(output, you, reason, Network.Now));
        }
        // What an IRC client says of its person is nothing that another protocol knows or takes back.
        if (!Context.Sessions.Of(you.Id).OfType<IrcSession>().Any())
            Network.Forget(you);
        if (you.Kind == UserKind.Visitor)
            await SubmitLastAsync(new EndVisitor(you));
    }

    private async Task SubmitLastAsync(Command last)
    {
        // On the session's own lane: behind what it posted last. Only put off while the writer is busy: the store makes up for it at its next start.
        for (var tries = 0; tries < 20 && Context.Log.Submit(new Submission(last, Lane)) is { RetryAfter: { } wait }; tries++)
            await Task.Delay(wait, Context.Clock);
    }
}
