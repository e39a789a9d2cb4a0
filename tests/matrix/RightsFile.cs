using System.Runtime.CompilerServices;
using Minato.Core.Rights;

namespace Minato.Tests.Matrix;

/// <summary>What was written down by hand about who may do what: <c>rights.txt</c> beside this.</summary>
internal static class RightsFile
{
    private static readonly Dictionary<(string Kind, Standing Standing), Line> Lines = Read();

    /// <summary>Every kind of room with everybody who is something in it.</summary>
    public static IEnumerable<(string Kind, Standing Standing)> Cells => Lines.Keys;

    public static Expectation Of(string kind, Standing standing, RoomAction action) => Lines[(kind, standing)].Of(action);

    private static Dictionary<(string, Standing), Line> Read()
    {
        var lines = new Dictionary<(string, Standing), Line>();
        var kind = "";
        foreach (var text in Section(until: "[server]"))
        {
            if (text.StartsWith('['))
            {
                var like = text.Trim('[', ']').Split(" like ");
                kind = like[0];
                foreach (var ((_, standing), known) in lines.Where(l => like.Length == 2 && l.Key.Item1 == like[1]).ToList())
                    lines.Add((kind, standing), known with { });
                continue;
            }
            var cells = text.Split('|', StringSplitOptions.TrimEntries);
            var who = Enum.Parse<Standing>(cells[0].Replace(" ", ""), ignoreCase: true);
            var actions = lines.GetValueOrDefault((kind, who))?.Actions ?? [];
            lines[(kind, who)] = new Line(cells[1], new Dictionary<RoomAction, Expectation>(actions.Concat(
                cells[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)).GroupBy(a => a.Key, (action, found) => found.Last())));
        }
        return lines;
    }

    /// <summary>What stands between two headings, or from the beginning; without remarks.</summary>
    public static IEnumerable<string> Section(string? after = null, string? until = null) =>
        File.ReadLines(PathOf()).Where(l => l.Length > 0 && !l.StartsWith('#')).SkipWhile(l => after is not null && l != after).Skip(after is null ? 0 : 1).TakeWhile(l => l != until);

    private static KeyValuePair<RoomAction, Expectation> Parse(string word)
    {
        var (name, code) = word.Split('=') is [var before, var after] ? (before, after) : (word, null);
        return new(Enum.Parse<RoomAction>(name.TrimEnd('?')), new Expectation(code, Depends: name.EndsWith('?')));
    }

    private static string PathOf([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "rights.txt");

    private sealed record Line(string Code, Dictionary<RoomAction, Expectation> Actions)
    {
        public Expectation Of(RoomAction action) => Actions.TryGetValue(action, out var named) ? named : new Expectation(Code, Depends: false);
    }
}

/// <summary>What is written about one action.</summary>
/// <param name="Code">Why it is refused, in the protocols' word; null: it is allowed.</param>
/// <param name="Depends">Allowed about one's own, or somebody lower; else <c>forbidden</c>.</param>
internal sealed record Expectation(string? Code, bool Depends)
{
    public string? CodeWhen(bool isFavoured) => Depends && !isFavoured ? "forbidden" : Code;
}
