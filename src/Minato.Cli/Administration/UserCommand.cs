using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato user …</c>: accounts, as the one who holds the data may administer them, whether a server runs or not.</summary>
internal static class UserCommand
{
    internal static Command Build()
    {
        var command = new Command("user", "Administer accounts, whether the server runs or not.");
        command.Subcommands.Add(Act("list", "Who has an account.", List));
        command.Subcommands.Add(Invite());
        command.Subcommands.Add(Act("owner-link", "A link that makes whoever opens it first an owner, once and within a day.", Link));
        command.Subcommands.Add(About("password", "Set somebody's password, which is read from stdin, and end all their sessions.", ReadPassword));
        command.Subcommands.Add(About("deactivate", "Shut an account and all its connections."));
        command.Subcommands.Add(About("activate", "Open an account again."));
        command.Subcommands.Add(Purge());
        return command;
    }

    private static Command Invite()
    {
        var uses = new Option<int>("--uses") { Description = "How many may come by it.", DefaultValueFactory = _ => 1 };
        uses.Validators.Add(result =>
        {
            // What is no number at all is refused by the parser, in its own words.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var people) && people is < 1 or > OperatorRequest.MostUses)
                result.AddError($"--uses {people}: a link is good for 1 to {OperatorRequest.MostUses} people.");
        });
        return Act("invite", "A link by which somebody new makes an account, within a week.", Link, new OperatorRequest("invite"), [uses], (request, parsed) => request with { Uses = parsed.GetValue(uses) });
    }

    private static Command Purge()
    {
        var name = new Argument<string>("NAME") { Description = "Their name, in any spelling; a guest's, too." };
        var deactivate = new Option<bool>("--deactivate") { Description = "Also shut their account; a guest is ended." };
        return Act(
            "purge", "Erase all that somebody has said, in every room.", _ => "Done.", new OperatorRequest("purge"), [name, deactivate],
            (request, parsed) => request with { User = parsed.GetValue(name), Deactivate = parsed.GetValue(deactivate) });
    }

    private static Command About(string act, string description, Func<string>? password = null)
    {
        var name = new Argument<string>("NAME") { Description = "Their name, in any spelling." };
        return Act(act, description, _ => "Done.", new OperatorRequest(act), [name], (request, parsed) => request with { User = parsed.GetValue(name), Password = password?.Invoke() });
    }

    /// <param name="say">What a person is told of the answer.</param>
    private static Command Act(
        string act, string description, Func<OperatorAnswer, string> say, OperatorRequest? request = null, IReadOnlyList<Symbol>? symbols = null,
        Func<OperatorRequest, ParseResult, OperatorRequest>? complete = null)
    {
        var data = AdministrationOptions.Data();
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var command = new Command(act, description) { data, json };
        foreach (var symbol in symbols ?? [])
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        command.SetAction((parsed, cancel) =>
        {
            var asked = request ?? new OperatorRequest(act);
            return RunAsync(parsed.GetValue(data) ?? DataFolder.DefaultPath, complete?.Invoke(asked, parsed) ?? asked, parsed.GetValue(json), say, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(string data, OperatorRequest request, bool isJson, Func<OperatorAnswer, string> say, CancellationToken cancel)
    {
        try
        {
            var answer = await AccountAdministration.RunAsync(data, request, cancel);
            Console.Out.WriteLine(isJson ? JsonSerializer.Serialize(answer, OperatorJson.Default.OperatorAnswer) : say(answer));
            return ExitCode.Done;
        }
        catch (Exception e) when (AdministrationOptions.CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"minato: {e.Message}");
            return code;
        }
    }

    private static string List(OperatorAnswer answer) => answer.Users is { Count: > 0 } users
        ? string.Join(Environment.NewLine, users.Select(u => u.Active ? $"{u.Nick} ({u.Role})" : $"{u.Nick} ({u.Role}, deactivated)"))
        : "Nobody has an account.";

    private static string Link(OperatorAnswer answer) => answer.Link!;

    /// <summary>Never from the command line, where every process can read it; at a terminal without echo.</summary>
    private static string ReadPassword()
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() ?? "";
        Console.Error.Write("New password (it will not be shown): ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
