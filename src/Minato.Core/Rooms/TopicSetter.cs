using Minato.Core.Users;

namespace Minato.Core.Rooms;

/// <summary>Who set the topic that a room has.</summary>
/// <param name="User">By their name of today.</param>
/// <param name="At">When, milliseconds since 1970 UTC.</param>
public sealed record TopicSetter(User User, long At);
