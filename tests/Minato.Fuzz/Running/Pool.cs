using Minato.Fuzz.Making;

namespace Minato.Fuzz.Running;

/// <summary>
/// Inputs worth bending: the first of each kind, a kind being what a target says of an input in a word. That stands in for the
/// coverage that nobody measures here.
/// </summary>
internal sealed class Pool
{
    /// <summary>Kinds; the names of a target are chosen so that there are fewer.</summary>
    private const int Most = 4_096;

    private readonly Dictionary<string, int> _kinds = [];
    private readonly List<byte[]> _inputs = [];

    public int Count => _inputs.Count;

    public byte[] Pick(Source source) => _inputs[source.Below(_inputs.Count)];

    /// <summary>A shorter input of a known kind takes the longer one's place.</summary>
    public void Keep(string kind, byte[] input)
    {
        if (_kinds.TryGetValue(kind, out var at))
        {
            if (input.Length < _inputs[at].Length)
                _inputs[at] = input;
        }
        else if (_inputs.Count < Most)
        {
            _kinds[kind] = _inputs.Count;
            _inputs.Add(input);
        }
    }
}
