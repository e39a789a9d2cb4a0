using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Minato.Server;
using Minato.Sidecar;

namespace Minato.Cli.Serving;

/// <summary><c>minato [serve] [ADDRESS]</c>: the arguments, and what they mean.</summary>
internal static class ServeCommand
{
    internal static Command Build()
    {
        var command = new Command("serve", "Serve chat rooms. The default command.");
        Configure(command);
        return command;
    }

    /// <summary>Gives a command the server's arguments: <c>serve</c>, and the root, whose default it is.</summary>
    internal static void Configure(Command command)
    {
        var address = new Argument<ListenAddress?>("ADDRESS")
        {
            Description = "Where to listen: 8080, :8080, 127.0.0.1:8080, [::1]:8080, localhost:0, 0.0.0.0:8080; port 0 is the system's choice. "
                + "[default: 127.0.0.1:8080, or a free port if it is taken]",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = ParseAddress,
        };
        var sticky = new Option<string?>("--sticky")
        {
            Description = "In place of ADDRESS: the same port on loopback each time for this KEY, so that browsers find again what they keep for it; "
                + "another free one while a second instance has it.",
            HelpName = "KEY",
        };
        var lan = new Option<bool>("--lan") { Description = "Serve the local network: every address of this machine. ADDRESS is then a port, if it is there. Shows how a phone gets in." };
        var data = new Option<string?>("--data") { Description = $"The data folder. [default: {DataFolder.DefaultPath}]", HelpName = "DIR" };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Keep everything in PostgreSQL: postgres://user@host/database, or user@one,two where a standby may take over. A password belongs in PGPASSWORD or ~/.pgpass, not here.",
            HelpName = "CONNECTION",
        };
        var memory = new Option<bool>("--memory") { Description = "Keep nothing: everything ends with the server." };
        var certificate = new Option<string?>("--tls-cert")
        {
            Description = "Speak TLS, too, on the same port: a PEM file with the certificate and its chain. Read again when it changes.",
            HelpName = "FILE",
        };
        var key = new Option<string?>("--tls-key") { Description = "The certificate's key, in PEM. [default: in the certificate's file]", HelpName = "FILE" };
        var publicUrl = new Option<Uri?>("--public-url")
        {
            Description = "Where others reach this server: https://chat.example.org. It answers to that name, and shows it.",
            HelpName = "URL",
            CustomParser = ParsePublicUrl,
        };
        var proxies = new Option<IPNetwork[]>("--trusted-proxy")
        {
            Description = "An address or network of proxies that are believed when they say whose connection they carry; may be repeated.",
            HelpName = "CIDR",
            CustomParser = ParseProxies,
        };
        var access = new Option<Access?>("--access")
        {
            Description = "Who may take part: guests, accounts or token. [default: guests where only this machine can connect and no proxy or public URL brings others, else accounts]",
            HelpName = "guests|accounts|token",
            CustomParser = ParseAccess,
        };
        var embedOrigins = new Option<EmbedOrigin[]>("--embed-origin")
        {
            Description = "The origin of an app's page that may show this server's page in a frame: http://127.0.0.1:5173, tauri://localhost; may be repeated.",
            HelpName = "ORIGIN",
            CustomParser = ParseEmbedOrigins,
        };
        var ircName = new Option<IrcServerName?>("--irc-name")
        {
            Description = "What the server is called on IRC: irc.example.org. [default: irc.minato]",
            HelpName = "NAME",
            CustomParser = ParseIrcName,
        };
        var ircSts = new Option<TimeSpan?>("--irc-sts")
        {
            Description = "How long IRC clients are to come inside TLS only, once they have seen this server: 30d. It binds them to this name and port; 0d takes it back.",
            HelpName = "TIME",
            CustomParser = ParseSts,
        };
        var minPassword = new Option<int>("--min-password")
        {
            Description = $"Bytes that a new password has at least, 1 to {MinatoOptions.MostMinPassword}.",
            HelpName = "BYTES",
            DefaultValueFactory = _ => new MinatoOptions().MinPassword,
        };
        minPassword.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MinatoOptions.MostMinPassword)
                result.AddError($"--min-password: it is 1 to {MinatoOptions.MostMinPassword}.");
        });
        var readyJson = new Option<bool>("--ready-json") { Description = "Say on the first line of stdout, in JSON, where the server serves or why not." };
        var readyFile = new Option<string?>("--ready-file") { Description = "Write the same to a file, with the launch token, readable by its owner only.", HelpName = "FILE" };
        var withParent = new Option<bool>("--exit-with-parent") { Description = "End when the pipe or socket on stdin closes; --exit-with-parent=PID: when that process ends." };
        var parentPid = new Option<int?>(ParentOption.PidOption) { Hidden = true, CustomParser = ParsePid };
        var shutdownDelay = new Option<TimeSpan>("--shutdown-delay")
        {
            Description = "Once asked to end, serve on for this long while /readyz answers 503: longer than a balancer takes to notice, so that it sends nobody to a closed port. [default: 0s]",
            HelpName = "TIME",
            CustomParser = ParseDelay,
        };
        var noRateLimits = new Option<bool>("--no-rate-limits") { Description = "Lift the rate limits, for load tests." };

        command.Arguments.Add(address);
        foreach (var option in new Option[] { lan, sticky, data, postgres, memory, certificate, key, publicUrl, proxies, access, embedOrigins, ircName, ircSts, minPassword, readyJson, readyFile, withParent, parentPid, shutdownDelay, noRateLimits })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(lan) && result.GetResult(address)?.Tokens is [{ Value: var where }] && !where.TrimStart(':').All(char.IsAsciiDigit))
                result.AddError($"--lan serves every address of this machine, so {where} does not go with it: name a port only.");
            if (result.GetValue(lan) && result.GetValue(sticky) is not null)
                result.AddError("--sticky is for loopback, so it does not go with --lan.");
            if (result.GetValue(sticky) is not null && result.GetResult(address)?.Tokens.Count > 0)
                result.AddError("--sticky chooses the port, so it does not go with an ADDRESS.");
            if (result.GetValue(sticky) is { } name && (name.Length is 0 or > PortLeaseOptions.MaxStickyKey || name.Any(char.IsControl)))
                result.AddError($"--sticky: a key is 1 to {PortLeaseOptions.MaxStickyKey} characters, without control characters.");
            if (result.GetValue(memory) && result.GetValue(data) is not null)
                result.AddError("--memory keeps nothing, so it does not go with --data.");
            if (result.GetValue(memory) && result.GetValue(postgres) is not null)
                result.AddError("--memory keeps nothing, so it does not go with --postgres.");
            if (result.GetValue(key) is not null && result.GetValue(certificate) is null)
                result.AddError("--tls-key is the key of a certificate: name that with --tls-cert.");
            if (result.GetValue(ircSts) is not null && result.GetValue(certificate) is null)
                result.AddError("--irc-sts is about TLS: name a certificate with --tls-cert.");
        });
        command.SetAction((parsed, _) => ServerRun.RunAsync(
            new MinatoOptions
            {
                Address = parsed.GetValue(address),
                Lan = parsed.GetValue(lan),
                StickyKey = parsed.GetValue(sticky),
                Data = parsed.GetValue(data),
                Postgres = parsed.GetValue(postgres),
                Memory = parsed.GetValue(memory),
                TlsCertificate = parsed.GetValue(certificate),
                TlsKey = parsed.GetValue(key),
                PublicUrl = parsed.GetValue(publicUrl),
                TrustedProxies = parsed.GetValue(proxies) ?? [],
                Access = parsed.GetValue(access),
                EmbedOrigins = parsed.GetValue(embedOrigins) ?? [],
                IrcName = parsed.GetValue(ircName),
                IrcSts = parsed.GetValue(ircSts),
                MinPassword = parsed.GetValue(minPassword),
                RateLimits = !parsed.GetValue(noRateLimits),
            },
            new HostContract(parsed.GetValue(readyJson), parsed.GetValue(readyFile), parsed.GetValue(withParent), parsed.GetValue(parentPid), parsed.GetValue(shutdownDelay))));
    }

    private static ListenAddress? ParseAddress(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
            return null;
        var text = result.Tokens[0].Value;
        if (ListenAddress.TryParse(text, out var address, out var error))
            return address;
        result.AddError(text.StartsWith('-') ? $"There is no option {text}." : error);
        return null;
    }

    private static Uri? ParsePublicUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" })
            return url;
        result.AddError($"--public-url {text}: it is http:// or https://, a host, and a port if need be, without a path.");
        return null;
    }

    private static IPNetwork[] ParseProxies(ArgumentResult result)
    {
        var networks = new List<IPNetwork>();
        foreach (var token in result.Tokens)
        {
            if (ProxyNetwork.TryParse(token.Value, out var network, out var error))
                networks.Add(network);
            else
                result.AddError($"--trusted-proxy {token.Value}: {error}");
        }
        return [.. networks];
    }

    private static EmbedOrigin[] ParseEmbedOrigins(ArgumentResult result)
    {
        var origins = new List<EmbedOrigin>();
        foreach (var token in result.Tokens)
        {
            if (EmbedOrigin.TryParse(token.Value, out var origin, out var error))
                origins.Add(origin);
            else
                result.AddError($"--embed-origin {token.Value}: {error}");
        }
        return [.. origins];
    }

    private static IrcServerName? ParseIrcName(ArgumentResult result)
    {
        if (IrcServerName.TryParse(result.Tokens[0].Value, out var name, out var error))
            return name;
        result.AddError($"--irc-name {result.Tokens[0].Value}: {error}");
        return null;
    }

    private static TimeSpan? ParseSts(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 3650)
            return TimeSpan.FromDays(days);
        result.AddError($"--irc-sts {text}: it is a number of days, as 30d; 0d takes back what was said.");
        return null;
    }

    private static TimeSpan ParseDelay(ArgumentResult result) =>
        result.Tokens[0].Value is "0" or "0s" ? TimeSpan.Zero : Duration.Parse(result) ?? TimeSpan.Zero;

    private static int? ParsePid(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0)
            return pid;
        result.AddError($"--exit-with-parent={result.Tokens[0].Value}: a PID is a number from 1 on.");
        return null;
    }

    private static Access? ParseAccess(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "guests":
                return Access.Guests;
            case "accounts":
                return Access.Accounts;
            case "token":
                return Access.Token;
            default:
                result.AddError($"--access {result.Tokens[0].Value}: it is guests, accounts or token.");
                return null;
        }
    }
}
