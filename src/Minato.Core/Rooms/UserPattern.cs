using System.IO.Enumeration;
using System.Text;
using Minato.Core.Text;
using Minato.Core.Text.Normalization;
using Minato.Core.Users;

namespace Minato.Core.Rooms;

// pattern = glob-of-nick '!' glob-of-username '@' glob-of-host | "account:" glob-of-nick      glob: '*' any text, '?' one character
/// <summary>
/// Whom a room keeps out or lets in by what can be seen of them, whoever they are: IRC's masks. Somebody who changes their name may fall out of it;
/// who is to stay out for good is banned in person.
/// </summary>
public sealed record UserPattern
{
    /// <summary>UTF-8. A nick of 64, and a username and a host of as many as IRC clients write.</summary>
    public const int MaxBytes = 200;

    /// <summary>In one room, over all its lists: what each join and each post of an ordinary member is held against. Most networks have 60 to 100.</summary>
    public const int MaxOfRoom = 100;

    /// <summary>
    /// Stars in one, what is left out included; several in a row are one. What a star costs, all others of the server pay for: each is another place from which
    /// the rest may go on, for every character of a name.
    /// </summary>
    public const int MaxStars = 8;

    /// <summary>What stands for a username where no client gave one.</summary>
    public const string UsualUsername = "u";

    private const string OfAccount = "account:";

    private readonly string _nick, _username, _host;
    private readonly bool _isOfAccount;

    private UserPattern(string nick, string username, string host, bool isOfAccount)
    {
        var key = NameRules.Key(nick);
        // Behind a backslash the comparison takes the next sign as it is; in a nick it is a sign like others.
        (_nick, _username, _host, _isOfAccount) = (key.Replace(@"\", @"\\", StringComparison.Ordinal), username.ToLowerInvariant(), host.ToLowerInvariant(), isOfAccount);
        Text = isOfAccount ? $"{OfAccount}{nick}" : $"{nick}!{username}@{host}";
        Key = isOfAccount ? $"{OfAccount}{key}" : $"{key}!{_username}@{_host}";
    }

    /// <summary>As somebody wrote it, without stars that say nothing.</summary>
    public string Text { get; }

    /// <summary>Two with the same key are the same: case and width are folded.</summary>
    public string Key { get; }

    /// <summary>Null: it cannot be one. What is left out is <c>*</c>: <c>ann</c>, <c>ann@host</c>, <c>ann!user</c>.</summary>
    public static UserPattern? TryParse(string text) => Parse(text) is { } pattern && pattern.Key.AsSpan().Count('*') <= MaxStars ? pattern : null;

    /// <summary>Of what its text says where it was stored, perhaps before stars were counted.</summary>
    public static UserPattern FromStore(string text) => Parse(text) ?? throw new InvalidOperationException("The store holds a pattern that is none.");

    public bool Matches(Appearance of) => _isOfAccount
        ? of.HasAccount && IsLike(_nick, of.Nick)
        : IsLike(_nick, of.Nick) && IsLike(_username, of.Username) && IsLike(_host, of.Host);

    /// <summary>What stands where others show an address, in lower case: of the random end of the user's id, it tells nobody where they are, and stays.</summary>
    public static string HostOf(User user) => $"{user.Uid.ToString("N")[^8..]}.irc.minato";

    public bool Equals(UserPattern? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool IsLike(string glob, string text) => glob == "*" || FileSystemName.MatchesSimpleExpression(glob, text, ignoreCase: false);

    private static UserPattern? Parse(string text)
    {
        if (text.Length is 0 or > MaxBytes)
            return null;
        if (text.StartsWith(OfAccount, StringComparison.OrdinalIgnoreCase))
            return Create(text[OfAccount.Length..], "*", "*", isOfAccount: true);
        var (bang, at) = (text.IndexOf('!'), text.LastIndexOf('@'));
        if (bang >= 0 && at > bang)
            return Create(text[..bang], text[(bang + 1)..at], text[(at + 1)..], isOfAccount: false);
        // IRC clients mean a username, where they say who is at a host.
        if (at >= 0 && bang < 0)
            return Create("*", text[..at], text[(at + 1)..], isOfAccount: false);
        return bang >= 0 ? Create(text[..bang], text[(bang + 1)..], "*", isOfAccount: false) : Create(text, "*", "*", isOfAccount: false);
    }

    private static UserPattern? Create(string nick, string username, string host, bool isOfAccount)
    {
        nick = NameRules.IsWellFormed(nick) ? WithoutRuns(NormalForm.Composed(nick)) : "";
        return IsNameGlob(nick) && IsWordGlob(username) && IsWordGlob(host)
            && new UserPattern(nick, WithoutRuns(username), WithoutRuns(host), isOfAccount) is { } made
            && Encoding.UTF8.GetByteCount(made.Text) <= MaxBytes && Encoding.UTF8.GetByteCount(made.Key) <= MaxBytes ? made : null;
    }

    private static string WithoutRuns(string glob)
    {
        var text = new StringBuilder(glob.Length);
        foreach (var c in glob)
            if (c != '*' || text.Length == 0 || text[^1] != '*')
                text.Append(c);
        return text.ToString();
    }

    private static bool IsNameGlob(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is not ('*' or '?') && !NameRules.IsAllowed(rune))
                return false;
        return text.Length > 0;
    }

    /// <summary>Visible ASCII without what separates the parts. No backslash: it would mean something of its own to the comparison.</summary>
    private static bool IsWordGlob(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && text.AsSpan().IndexOfAny("!@,\\") < 0;
}
