using System.Globalization;
using Minato.Sidecar;
using Minato.Torture.Checking;
using Minato.Torture.Histories;

namespace Minato.Torture.Power.Recording;

/// <summary>
/// The file in which is kept which name has which port: a power loss leaves an old one or a new one, in which every name has the port that it was given.
/// The last names may be gone: whoever has one of them gets a port anew, as a name that nobody has had. A lease itself is a lock, and ends with the power.
/// </summary>
internal static class PortMemory
{
    private const string Actor = "ports", StateVariable = "XDG_STATE_HOME";
    private const int Names = 60;

    private static string FileIn(string root) => Path.Combine(root, "minato-ports", "sticky");

    public static void Write(string root, string history)
    {
        Environment.SetEnvironmentVariable(StateVariable, root);
        using var recorder = new Recorder(history);
        for (var n = 0; n < Names; n++)
        {
            recorder.Add(new Sent(Recorder.Now, Actor, NameOf(n), "lease", "-", 0, "-"));
            using var lease = Port.Reserve(new PortLeaseOptions { StickyKey = NameOf(n) });
            recorder.Add(new Acked(Recorder.Now, Actor, NameOf(n), "-", lease.Port));
        }
    }

    /// <param name="root">As the power loss left it.</param>
    public static IReadOnlyList<Violation> Check(string root, IReadOnlyList<Entry> told)
    {
        var file = FileIn(root);
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        var lines = text.Split('\n')[..^1];
        if (File.Exists(file) && !text.EndsWith('\n') || !lines.Select((line, n) => line.Split(' ') is [_, var name] && name == NameOf(n)).All(isRight => isRight))
            return [new Violation("half", $"The file of ports is neither an old one nor a new one: {text}")];
        var given = told.OfType<Acked>().ToDictionary(a => a.Cid);
        var violations = lines.Select(line => line.Split(' '))
            .Where(f => given.TryGetValue(f[1], out var acked) && acked.Seq.ToString(CultureInfo.InvariantCulture) != f[0])
            .Select(f => new Violation("ports", $"{f[1]} was given {given[f[1]].Seq}, and has {f[0]}.", given[f[1]])).ToList();
        return violations.Count > 0 ? violations : [.. GoesOn(root, lines)];
    }

    /// <summary>The next name has a port of its own, and its name stands behind the others.</summary>
    private static IEnumerable<Violation> GoesOn(string root, string[] before)
    {
        Environment.SetEnvironmentVariable(StateVariable, root);
        using (var lease = Port.Reserve(new PortLeaseOptions { StickyKey = "afterwards" }))
            if (!File.ReadAllLines(FileIn(root)).SequenceEqual([.. before, FormattableString.Invariant($"{lease.Port} afterwards")]))
                yield return new Violation("ports", $"The next name was given {lease.Port}, and the file is {File.ReadAllText(FileIn(root))}");
    }

    private static string NameOf(int n) => FormattableString.Invariant($"{Actor}.{n}");
}
