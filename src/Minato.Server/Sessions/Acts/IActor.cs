using Minato.Core.Commands;
using Minato.Core.Users;

namespace Minato.Server.Sessions.Acts;

/// <summary>Somebody who speaks in frames: a WebSocket session, an HTTP request.</summary>
internal interface IActor
{
    /// <summary>Null until they do something that lasts.</summary>
    User? You { get; }

    /// <summary>The user, made durable by whatever lasting thing they do first. Null: done.</summary>
    /// <param name="nick">The name asked for; null for a provisional one.</param>
    ValueTask<Refused?> BecomeDurableAsync(string? nick);
}
