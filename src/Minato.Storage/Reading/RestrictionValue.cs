using Minato.Core.Rooms;

namespace Minato.Storage.Reading;

/// <summary>What was restricted and what was freed, in the one number of an envelope: the second above the first.</summary>
internal static class RestrictionValue
{
    private const int Bits = 16;

    internal static long Of(Restrictions on, Restrictions off) => (long)on | ((long)off << Bits);

    internal static (Restrictions On, Restrictions Off) Read(long value) => ((Restrictions)(value & ((1 << Bits) - 1)), (Restrictions)(value >> Bits));
}
