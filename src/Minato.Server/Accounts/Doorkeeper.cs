using System.Net;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Sessions;
using Minato.Wire.Sasl;

namespace Minato.Server.Accounts;

/// <summary>
/// Lets people in by what they know or hold: makes accounts, and verifies passwords, recovery codes and passkeys. Whatever is wrong with a login, it
/// takes as long, costs as much and is answered the same.
/// </summary>
internal sealed class Doorkeeper(
    IAccountStore store, LogWriter log, Admission admission, PasswordHashing hashing, GuessLimits limits, KnownDevices devices)
{
    internal static readonly Refused Busy = new(Refusal.Busy, TimeSpan.FromSeconds(1));

    /// <summary>Whose ids there are none of.</summary>
    private static readonly User Nobody = new(new UserId(0), Guid.Empty, UserKind.Account, "");

    /// <summary>Shown for a session of which nobody said on what device it is.</summary>
    private const string UnnamedDevice = "?";

    /// <param name="visitor">Whom the newcomer has been on this very connection; null: the request says who they were.</param>
    internal async Task<DoorAnswer> SignUpAsync(NewAccount request, IPAddress? address, Lane lane, User? visitor = null)
    {
        if (Nick.Normalize(request.Nick) is not { } nick)
            return DoorAnswer.No(Refusal.BadNick);
        if (Password.Normalize(request.Password, hashing.Least) is not { } password)
            return DoorAnswer.No(Refusal.BadPassword);
        if (DeviceName(request.Device) is not { } device)
            return DoorAnswer.No(Refusal.BadLabel);
        if (request.Invitation is { } text && SessionToken.Parse(text) is null)
            return DoorAnswer.No(Refusal.BadInvitation);
        if (await GuestAsync(request.Guest) is not (true, var guest))
            return DoorAnswer.No(Refusal.LoginRequired);
        if (limits.TrySignUp(address) is { } wait)
            return DoorAnswer.No(new Refused(Refusal.RateLimited, wait));
        if (await hashing.HashAsync(password) is not { } hash)
            return DoorAnswer.No(Busy);
        var session = SessionToken.New();
        var invitation = request.Invitation is { } given ? SessionToken.Parse(given)!.Hash : null;
        return await OpenAsync(new SignUp(nick, hash, invitation, visitor ?? guest, new NewSession(session.Hash, device)), session, lane);
    }

    internal async Task<DoorAnswer> LogInAsync(Login request, IPAddress? address, Lane lane)
    {
        if (DeviceName(request.Device) is not { } device)
            return DoorAnswer.No(Refusal.BadLabel);
        var account = await store.FindAccountAsync(request.Nick, CancellationToken.None);
        var known = account is null ? null : devices.Recognise(account.User.Uid, request.Known);
        var (check, refused) = await VerifyAsync(account, request.Password, Guess.Login(account, request.Nick, address, known));
        if (check is not (PasswordCheck.Right or PasswordCheck.RightAndOld))
            return DoorAnswer.No(refused ?? new Refused(Refusal.WrongLogin));
        var rehashed = check == PasswordCheck.RightAndOld ? await hashing.HashAsync(Password.Normalize(request.Password, least: 1)!) : null;
        var session = SessionToken.New();
        return await OpenAsync(new StartSession(account!.User, account.PasswordHash, rehashed, new NewSession(session.Hash, device)), session, lane);
    }

    /// <summary>
    /// Wrong ones are not counted: a signature cannot be guessed, and strangers at the owner's address, as everybody is behind a proxy that is not
    /// trusted, would only keep them out. What trying costs the server is bounded by the pace of requests.
    /// </summary>
    internal async Task<DoorAnswer> LogInAsync(PasskeyLogin request, Lane lane)
    {
        if (DeviceName(request.Device) is not { } device)
            return DoorAnswer.No(Refusal.BadLabel);
        if (request.Prove is not { } prove || await prove() is not { } proof)
            return DoorAnswer.No(Refusal.BadPasskey);
        var session = SessionToken.New();
        var command = new StartPasskeySession(proof.User, proof.RawId, proof.SignCount, proof.IsBackedUp, new NewSession(session.Hash, device));
        return await OpenAsync(command, session, lane);
    }

    /// <summary>Begins a login in which the password is never sent. Whoever it is said to be, what is answered looks the same, each time.</summary>
    internal async Task<ScramLogin> BeginAsync(ScramFirst first)
    {
        var account = await store.FindAccountAsync(first.Name, CancellationToken.None);
        var decoy = ScramVerifier.Decoy(devices.DecoyOf(Nick.Normalize(first.Name) is { } name ? Nick.Key(name) : ""), hashing.ScramIterations);
        return new ScramLogin(first, account, account is null ? null : PasswordHashing.ScramOf(account.PasswordHash), decoy);
    }

    /// <summary>Whether the client knows the password; null: it does.</summary>
    internal Refused? Verify(ScramLogin login, ScramFinal final, IPAddress? address)
    {
        var guess = Guess.Login(login.Account, login.Nick, address, device: null);
        if (limits.TryBegin(guess) is { } wait)
            return TooManyWrong(wait);
        if (!login.Prove(final))
            return new Refused(Refusal.WrongLogin);
        limits.Succeed(guess);
        return null;
    }

    internal Task<DoorAnswer> LogInAsync(ScramLogin login, string device, Lane lane)
    {
        if (login is not { IsProven: true, Account: { } account })
            throw new InvalidOperationException("Nothing was proven.");
        var session = SessionToken.New();
        return OpenAsync(new StartSession(account.User, account.PasswordHash, Rehashed: null, new NewSession(session.Hash, device)), session, lane);
    }

    internal async Task<DoorAnswer> RecoverAsync(Recovery request, IPAddress? address, Lane lane)
    {
        if (Password.Normalize(request.Password, hashing.Least) is not { } password)
            return DoorAnswer.No(Refusal.BadPassword);
        if (DeviceName(request.Device) is not { } device)
            return DoorAnswer.No(Refusal.BadLabel);
        var account = await store.FindAccountAsync(request.Nick, CancellationToken.None);
        var guess = Guess.Recovery(account, request.Nick, address);
        if (limits.TryBegin(guess) is { } wait)
            return DoorAnswer.No(TooManyWrong(wait));
        var answer = await RecoverAsync(account?.User ?? Nobody, RecoveryCode.Hash(request.Code), password, device, lane);
        if (answer.Opened is not null)
            limits.Succeed(guess);
        else if (answer.Refused is { Reason: not Refusal.WrongLogin })
            limits.Undo(guess);
        return answer;
    }

    /// <summary>Whose password it is, without a session: nothing is opened by it. Null: nobody's, or it was not looked at, and why.</summary>
    internal async Task<(Account? Account, Refused? Refused)> CheckAsync(string nick, string password, IPAddress? address)
    {
        var account = await store.FindAccountAsync(nick, CancellationToken.None);
        var (check, refused) = await VerifyAsync(account, password, Guess.Login(account, nick, address, device: null));
        return check is PasswordCheck.Right or PasswordCheck.RightAndOld ? (account, null) : (null, refused);
    }

    /// <summary>Whether somebody who is logged in knows their password, too: then what it was verified against.</summary>
    internal async Task<(Account? Account, Refused? Refused)> ConfirmAsync(User user, string password)
    {
        var account = await store.FindAccountAsync(user.Id, CancellationToken.None);
        var (check, refused) = await VerifyAsync(account, password, Guess.Confirmation(user));
        return check is PasswordCheck.Right or PasswordCheck.RightAndOld ? (account, null) : (null, refused ?? new Refused(Refusal.WrongLogin));
    }

    private async Task<(PasswordCheck Check, Refused? Refused)> VerifyAsync(Account? account, string text, Guess guess)
    {
        if (limits.TryBegin(guess) is { } wait)
            return (PasswordCheck.Wrong, TooManyWrong(wait));
        // What cannot be a password is nobody's, and is not hashed either: that says nothing of any account.
        if (Password.Normalize(text, least: 1) is not { } password)
            return (PasswordCheck.Wrong, null);
        var check = await hashing.VerifyAsync(account?.PasswordHash, password);
        if (check == PasswordCheck.Busy)
            limits.Undo(guess);
        else if (check != PasswordCheck.Wrong)
            limits.Succeed(guess);
        return (check, check == PasswordCheck.Busy ? Busy : null);
    }

    /// <param name="user">Nobody's is looked for as well: how long a refusal takes tells nothing.</param>
    /// <param name="code">Null: it cannot be one.</param>
    private async Task<DoorAnswer> RecoverAsync(User user, byte[]? code, string password, string device, Lane lane)
    {
        // Hashed in any case, for the same reason.
        if (await hashing.HashAsync(password) is not { } hash)
            return DoorAnswer.No(Busy);
        if (code is null)
            return DoorAnswer.No(Refusal.WrongLogin);
        var session = SessionToken.New();
        return await OpenAsync(new Recover(user, code, hash, new NewSession(session.Hash, device)), session, lane);
    }

    private static Refused TooManyWrong(TimeSpan wait) => new(Refusal.RateLimited, wait) { IsOfGuesses = true };

    private async Task<DoorAnswer> OpenAsync(AccountCommand command, SessionToken session, Lane lane) => await log.SubmitAsync(command, lane) switch
    {
        AccountChanged opened => new DoorAnswer(new Opened(opened.User, session, devices.Issue(opened.User.Uid)), null),
        Refused refused => DoorAnswer.No(refused),
        var outcome => throw new InvalidOperationException($"{command.GetType().Name} ended as {outcome}."),
    };

    /// <summary>The guest whose session somebody gives who signs up. False: it is nobody's, or no guest's.</summary>
    private async ValueTask<(bool IsFound, User? Guest)> GuestAsync(string? session)
    {
        if (session is null)
            return (true, null);
        var guest = SessionToken.Parse(session) is { } token ? await admission.FindGuestAsync(token) : null;
        return (guest is not null, guest);
    }

    private static string? DeviceName(string? text) => text is null ? UnnamedDevice : Label.Normalize(text);
}
