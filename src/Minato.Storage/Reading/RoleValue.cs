using Minato.Core.Rights;

namespace Minato.Storage.Reading;

/// <summary>What somebody is from an event on and what they were, in the one number of an envelope: the second above the first, 0 in older logs.</summary>
internal static class RoleValue
{
    private const int Bits = 8;

    internal static long Of(Standing role, Standing was) => (long)role | ((long)was << Bits);

    internal static (Standing Role, Standing Was) Read(long value) => ((Standing)(value & ((1 << Bits) - 1)), (Standing)(value >> Bits));
}
