using Minato.Core.Users;

namespace Minato.Core.Commands;

/// <summary>Says that one does not want to hear somebody, see <see cref="BlockList"/>, or takes it back. No room's log knows of it.</summary>
/// <param name="Subject">Of people who are gone it can only be taken back.</param>
public sealed record BlockUser(User Actor, ClientId? Cid, UserId Subject, bool On) : UserCommand(Actor, Cid);
