using System.Text;
using Minato.Fuzz.Making;

namespace Minato.Fuzz.Targets;

/// <summary>What is attacked, how its inputs are made, and what must be true of every one.</summary>
internal abstract class Target
{
    public abstract string Name { get; }

    /// <summary>Bytes of an input.</summary>
    public virtual int Longest => 70_000;

    /// <summary>Words of the grammar, to be put where they do not belong.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>Inputs to begin with.</summary>
    public virtual IEnumerable<byte[]> Known => [];

    public abstract byte[] Make(Source source);

    /// <summary>Says in a few words what kind of input it was.</summary>
    /// <exception cref="WrongException">Something that must be true is not.</exception>
    public abstract string Check(byte[] input, Source cuts);

    protected static IReadOnlyList<byte[]> Utf8(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    protected static void Must(bool isSo, string otherwise)
    {
        if (!isSo)
            throw new WrongException(otherwise);
    }

    protected static void Same<T>(T expected, T actual, string what) =>
        Must(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, got {actual}");

    protected static void SameList<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, string what) =>
        Must(expected.SequenceEqual(actual), $"{what}: expected {string.Join(" | ", expected)}, got {string.Join(" | ", actual)}");

    /// <summary>The class of a length, for the name of a kind.</summary>
    protected static int Size(long length) => length == 0 ? 0 : 1 + (System.Numerics.BitOperations.Log2((ulong)length) / 3);
}

/// <summary>A promise that was broken.</summary>
internal sealed class WrongException(string message) : Exception(message);
