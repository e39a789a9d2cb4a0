using System.CommandLine;
using System.Globalization;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato audit</c>: who administered what, the newest first.</summary>
internal static class AuditCommand
{
    /// <summary>Entries, where nobody says how many.</summary>
    private const int Few = 100;

    internal static Command Build()
    {
        var limit = new Option<int>("--limit") { Description = $"How many entries, 1 to {OperatorRequest.MostListed}.", HelpName = "N", DefaultValueFactory = _ => Few };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count is < 1 or > OperatorRequest.MostListed)
                result.AddError($"--limit {count}: it is 1 to {OperatorRequest.MostListed}.");
        });
        var before = new Option<long?>("--before") { Description = "The number of the last entry that you have seen: what is older.", HelpName = "N" };
        return OperatorCommand.Build(
            "audit", "Every administrative act, the newest first: who did what to whom, by names of today and ids that stay.",
            answer => OperatorCommand.Lines(answer.Audit, Say, "Nothing yet."),
            (request, parsed) => request with { Limit = parsed.GetValue(limit), Before = parsed.GetValue(before) }, limit, before);
    }

    private static string Say(OperatorNote note) => string.Join("  ", new[]
    {
        note.Id.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset.FromUnixTimeMilliseconds(note.At).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Who(note.By, note.ById) ?? "operator",
        note.Act,
        Who(note.Subject, note.SubjectId),
        note.Detail,
    }.Where(part => part is not null));

    private static string? Who(string? nick, Guid? id) => nick is null ? null : $"{nick} ({id})";
}
