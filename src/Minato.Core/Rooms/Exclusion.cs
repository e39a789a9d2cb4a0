using Minato.Core.Users;

namespace Minato.Core.Rooms;

/// <summary>A ban or a mute that is in force.</summary>
/// <param name="By">Who said so last.</param>
/// <param name="At">When, milliseconds since 1970 UTC.</param>
/// <param name="Until">Null: until somebody ends it.</param>
public sealed record Exclusion(User Subject, bool IsMute, User By, long At, long? Until)
{
    /// <summary>In one list, the newest first: as many as people in other lists.</summary>
    public const int MaxListed = 500;
}
