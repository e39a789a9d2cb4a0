namespace Minato.Torture.Power.Disks;

/// <summary>
/// What one power loss does to what no sync had made certain, the same for the same seed. POSIX says nothing about it, so anything may be left: of a
/// file any of the sectors, each as of any of its writings, and any of the sizes; of a folder any of the names. What is drawn most are the ends of
/// that: nothing, everything, and everything up to a moment.
/// </summary>
internal sealed class Loss
{
    private static readonly double[] Shares = [0, 0.1, 0.5, 0.9, 1];

    private readonly Random _random;
    private readonly double _ofFiles, _ofFolders;
    private readonly bool _inOrder;

    public Loss(int seed)
    {
        _random = new Random(seed);
        (_ofFiles, _ofFolders) = (Draw(Shares), Draw(Shares));
        _inOrder = _random.Next(3) == 0;
    }

    public override string ToString() => _inOrder ? "all up to a moment is left" : FormattableString.Invariant($"{_ofFiles:P0} of the sectors and {_ofFolders:P0} of the names are left");

    /// <param name="changes">How many are uncertain.</param>
    public LossOfFile OfFile(int changes) => new(_random, _inOrder ? 0 : _ofFiles, _inOrder ? _random.Next(changes + 1) : 0);

    public LossOfFile OfFolder(int changes) => new(_random, _inOrder ? 0 : _ofFolders, _inOrder ? _random.Next(changes + 1) : 0);

    private T Draw<T>(T[] from) => from[_random.Next(from.Length)];
}

/// <param name="share">How likely each sector, or name, is left.</param>
/// <param name="whole">So many changes are left whole, besides; the next one is torn.</param>
internal sealed class LossOfFile(Random random, double share, int whole)
{
    private readonly bool _hasJunk = random.Next(2) == 0;

    public int Whole => whole;

    public bool Keeps() => random.NextDouble() < share;

    public bool Tears() => whole > 0 && random.Next(2) == 0;

    public byte Junk() => _hasJunk ? (byte)random.Next(256) : (byte)0;
}
