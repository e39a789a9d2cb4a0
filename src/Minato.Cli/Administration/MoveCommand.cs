using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato move --to postgres CONNECTION</c>: from the data folder into PostgreSQL, once and for good.</summary>
internal static class MoveCommand
{
    internal static Command Build()
    {
        var to = new Option<string>("--to") { Description = "Where to: postgres.", HelpName = "postgres", Required = true };
        to.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not "postgres" and var other }])
                result.AddError($"--to {other}: it is postgres.");
        });
        var connection = new Argument<string>("CONNECTION")
        {
            Description = "An empty database: postgres://user@host/database. A password belongs in PGPASSWORD or ~/.pgpass, not here.",
        };
        var data = AdministrationOptions.Data();
        var json = new Option<bool>("--json") { Description = "Answer as JSON: each table with its count and checksum." };
        var command = new Command(
            "move", "Move the data into PostgreSQL, while no server has it. Cut short, it goes on where it was when it is run again; uploaded files stay where they are.") { connection, to, data, json };
        command.SetAction(parsed => Run(parsed.GetValue(connection)!, parsed.GetValue(data) ?? DataFolder.DefaultPath, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string connection, string data, bool json)
    {
        var progress = new Progress();
        try
        {
            var report = Move.ToPostgres(data, connection, progress.Show);
            progress.End();
            Console.Out.WriteLine(json ? JsonSerializer.Serialize(report, MoveJson.Default.MoveReport) : Say(report));
            return ExitCode.Done;
        }
        catch (Exception e) when (AdministrationOptions.CodeOf(e) is { } code)
        {
            progress.End();
            Console.Error.WriteLine(e is DataInUseException ? $"minato: {e.Message} Stop it first." : $"minato: {e.Message}");
            return code;
        }
    }

    /// <summary>Not the connection: it may hold a password.</summary>
    private static string Say(MoveReport report)
    {
        var files = Path.Combine(report.Data, "files");
        var lost = report.Replaced == 0 ? ""
            : $"In {Number(report.Replaced)} texts U+FFFD stands for what PostgreSQL does not hold (NUL, or what is no UTF-8).{Environment.NewLine}";
        return $"""
            Moved {Number(report.Tables.Sum(t => t.Rows))} rows in {report.Tables.Count} tables: the same count and checksum on both sides.
            {lost}From now on start the server with --data {report.Data} --postgres CONNECTION. It builds the search index behind its start; uploaded files stay in {files}.
            minato.db is as it was, and a server without --postgres would go on with it: remove it once you need no way back, for what is erased from now on stays in it.
            """;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
