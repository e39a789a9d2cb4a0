using System.CommandLine;
using System.Text.Json;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary>What the operator's commands have in common: where the data is, <c>--json</c>, and what is said of the answer.</summary>
internal static class OperatorCommand
{
    /// <param name="act">As <see cref="OperatorRequest"/> knows it; its last word is the command's name.</param>
    /// <param name="say">What a person is told of the answer.</param>
    /// <param name="complete">Adds what was written on the command line.</param>
    /// <param name="symbols">Arguments and options of its own.</param>
    internal static Command Build(
        string act, string description, Func<OperatorAnswer, string> say, Func<OperatorRequest, ParseResult, OperatorRequest>? complete = null, params IReadOnlyList<Symbol> symbols)
    {
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var (command, data, postgres) = WithData(act.Split('.')[^1], description, [.. symbols, json]);
        command.SetAction((parsed, cancel) =>
        {
            var request = new OperatorRequest(act);
            request = complete?.Invoke(request, parsed) ?? request;
            return TellAsync(async () =>
            {
                var answer = await Operator.RunAsync(parsed.GetValue(data) ?? DataFolder.DefaultPath, parsed.GetValue(postgres), request, cancel);
                Console.Out.WriteLine(parsed.GetValue(json) ? Json(answer) : say(answer));
            });
        });
        return command;
    }

    /// <summary>A list that comes in pages: each is said when it is there, one after the other; as JSON each is a document on a line of its own.</summary>
    /// <param name="next">Where the page after this answer begins.</param>
    internal static Command BuildList(
        string act, string description, Func<OperatorAnswer, string> say, Func<OperatorRequest, OperatorAnswer, OperatorRequest> next,
        Func<OperatorRequest, ParseResult, OperatorRequest>? complete = null, params IReadOnlyList<Symbol> symbols)
    {
        var json = new Option<bool>("--json") { Description = $"Answer as JSON, up to {OperatorRequest.MostListed} entries a line." };
        var (command, data, postgres) = WithData(act.Split('.')[^1], description, [.. symbols, json]);
        command.SetAction((parsed, cancel) => TellAsync(async () =>
        {
            var first = new OperatorRequest(act);
            for (OperatorRequest? request = complete?.Invoke(first, parsed) ?? first; request is not null;)
            {
                var answer = await Operator.RunAsync(parsed.GetValue(data) ?? DataFolder.DefaultPath, parsed.GetValue(postgres), request, cancel);
                Console.Out.WriteLine(parsed.GetValue(json) ? Json(answer) : say(answer));
                request = answer.More == true ? next(request, answer) : null;
            }
        }));
        return command;
    }

    internal static (Command Command, Option<string?> Data, Option<string?> Postgres) WithData(string name, string description, IReadOnlyList<Symbol> symbols)
    {
        var (data, postgres) = (AdministrationOptions.Data(), AdministrationOptions.Postgres());
        var command = new Command(name, description);
        foreach (var symbol in (IEnumerable<Symbol>)[.. symbols, data, postgres])
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        return (command, data, postgres);
    }

    /// <summary>Runs it; what goes wrong is a sentence and an exit code.</summary>
    internal static async Task<int> TellAsync(Func<Task> act)
    {
        try
        {
            await act();
            return ExitCode.Done;
        }
        catch (Exception e) when (AdministrationOptions.CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"minato: {e.Message}");
            return code;
        }
    }

    internal static string Json(OperatorAnswer answer) => JsonSerializer.Serialize(answer, OperatorJson.Default.OperatorAnswer);

    internal static Argument<string> Name(string description = "Their name, in any spelling.") => new("NICK") { Description = description };

    /// <summary>One for each entry; something else where there is none.</summary>
    internal static string Lines<T>(IReadOnlyList<T>? entries, Func<T, string> say, string none) =>
        entries is { Count: > 0 } ? string.Join(Environment.NewLine, entries.Select(say)) : none;
}
