using System.Globalization;
using Minato.Core.Users;

namespace Minato.Server.Accounts.Passkeys;

/// <summary>A user as the framework's handler of passkeys knows one: by the user handle, which an authenticator keeps and tells.</summary>
internal sealed class PasskeyHolder(Guid uid)
{
    internal string Handle => uid.ToString("n", CultureInfo.InvariantCulture);

    /// <summary>Whose account is open; null until one of their passkeys was found.</summary>
    internal User? User { get; set; }

    /// <summary>Null: no handle of ours.</summary>
    internal static PasskeyHolder? Parse(string handle) => Guid.TryParseExact(handle, "n", out var uid) ? new PasskeyHolder(uid) : null;

    internal bool Is(User user) => user.Uid == uid;
}
