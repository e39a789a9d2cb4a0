namespace Minato.Fuzz.Running;

/// <summary>One seed for each target out of the run's: the same on every machine.</summary>
internal static class Seeds
{
    public static int Of(int seed, string name) => name.Aggregate(seed, (hash, c) => unchecked((hash * 31) + c));
}
