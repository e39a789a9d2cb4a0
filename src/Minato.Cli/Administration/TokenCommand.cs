using System.CommandLine;
using System.Globalization;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato token …</c>: personal access tokens of anybody's account, for programs that log in as them.</summary>
internal static class TokenCommand
{
    private static readonly string[] Scopes = ["read", "write", "admin"];

    internal static Command Build()
    {
        var command = new Command("token", "Administer personal access tokens, whether the server runs or not.");
        command.Subcommands.Add(Make());
        command.Subcommands.Add(List());
        command.Subcommands.Add(Revoke());
        return command;
    }

    private static Command Make()
    {
        var nick = OperatorCommand.Name("Whose account it is for, in any spelling.");
        var name = new Option<string>("--name") { Description = "What it is for, to know it again.", HelpName = "TEXT", Required = true };
        var scope = new Option<string>("--scope") { Description = "What it is good for: read; write, in rooms, too; admin, whatever the account may.", HelpName = "read|write|admin", Required = true };
        scope.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !Scopes.Contains(text))
                result.AddError($"--scope {text}: it is read, write or admin.");
        });
        var expires = Lifetime.Option("--expires", "How long it is good: 12h, 90d. [default: until it is revoked]");
        var certificate = new Option<string?>("--certificate")
        {
            Description = "In place of a secret: the SHA-256 of a certificate by which an IRC client logs in (SASL EXTERNAL).",
            HelpName = "SHA256",
        };
        var file = new Option<string?>("--out") { Description = "Write it to a new file that only you can read, and not to the terminal.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Answer as JSON; the token itself is only in the file." };
        var (command, data, postgres) = OperatorCommand.WithData("make", "Make a token. It is shown once, on a terminal, or written to --out.", [nick, name, scope, expires, certificate, file, json]);
        command.Validators.Add(result =>
        {
            if (result.GetValue(certificate) is not null && result.GetValue(file) is not null)
                result.AddError("--certificate makes no secret, so it does not go with --out.");
            else if (result.GetValue(certificate) is null && result.GetValue(file) is null && (Console.IsOutputRedirected || result.GetValue(json)))
                result.AddError("A token is a secret, and this is no terminal: name a new file for it with --out.");
        });
        command.SetAction((parsed, cancel) => OperatorCommand.TellAsync(async () =>
        {
            var request = new OperatorRequest("token.make")
            {
                User = parsed.GetValue(nick),
                Name = parsed.GetValue(name),
                Scope = parsed.GetValue(scope),
                Certificate = parsed.GetValue(certificate),
                For = (long?)parsed.GetValue(expires)?.TotalMilliseconds,
            };
            // Before the token: one that could not be written would be nobody's, and good.
            using var kept = parsed.GetValue(file) is { } path ? SecretFile.Create(path) : null;
            var answer = await Operator.RunAsync(parsed.GetValue(data) ?? DataFolder.DefaultPath, parsed.GetValue(postgres), request, cancel);
            kept?.Write(answer.Token!);
            Console.Out.WriteLine(parsed.GetValue(json) ? OperatorCommand.Json(answer with { Token = null }) : kept is null ? answer.Token ?? $"{answer.Id}" : $"{answer.Id}");
        }));
        return command;
    }

    private static Command List()
    {
        var nick = OperatorCommand.Name();
        return OperatorCommand.Build(
            "token.list", "Somebody's tokens, by the ids under which they are revoked.",
            answer => OperatorCommand.Lines(answer.Tokens, t => $"{t.Id}  {t.Scope}, {t.Name}, made {Day(t.Created)}, used {Day(t.Used)}, expires {Day(t.Expires)}", "There are no tokens."),
            (request, parsed) => request with { User = parsed.GetValue(nick) }, nick);
    }

    private static Command Revoke()
    {
        var id = new Argument<Guid>("ID") { Description = "As minato token list says it." };
        return OperatorCommand.Build("token.revoke", "End a token, and the connections that it opened.", _ => "Done.", (request, parsed) => request with { Token = parsed.GetValue(id) }, id);
    }

    private static string Day(long? ms) => ms is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "never";
}
