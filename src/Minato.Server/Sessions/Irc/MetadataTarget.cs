using Minato.Core.Users;
using Minato.Server.Rooms;

namespace Minato.Server.Sessions.Irc;

/// <summary>Whom or what metadata is about.</summary>
/// <param name="Room">Null: a person.</param>
/// <param name="User">Null: a channel, or who is nobody yet.</param>
internal readonly record struct MetadataTarget(Guid Id, string Name, LiveRoom? Room, User? User);
