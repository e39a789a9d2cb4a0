using Minato.Core.Storage;
using Minato.Server.Accounts;
using Minato.Server.Files;
using Minato.Server.Log;
using Minato.Server.Metrics;
using Minato.Server.Rooms;
using Minato.Server.Search;
using Minato.Server.Sessions.Irc;

namespace Minato.Server.Sessions;

/// <summary>What every session works with.</summary>
internal sealed record SessionContext(
    IStore Store, LogWriter Log, LiveRooms Rooms, Searcher Search, SessionRegistry Sessions, Admission Admission, MinatoOptions Options, TimeProvider Clock)
{
    /// <summary>Where there are accounts: everywhere but in tests of what knows nothing of them.</summary>
    internal AccountDesk Accounts { get; init; } = null!;

    /// <summary>Null: this server keeps none.</summary>
    internal ServedFiles? Files { get; init; }

    internal IrcNetwork Irc { get; } = new(Clock, Sessions, Options.IrcName?.Text ?? IrcNetwork.UsualServer);

    internal ConnectionMeters Connections { get; } = new();

    internal RequestMeters Requests { get; } = new();
}
