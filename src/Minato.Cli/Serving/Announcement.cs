using Minato.Server;

namespace Minato.Cli.Serving;

/// <summary>What a server that is ready says on stdout: the first line for programs, the rest for people.</summary>
internal static class Announcement
{
    internal static void Write(MinatoServer server, MinatoOptions options, bool readyJson)
    {
        Console.Out.WriteLine(readyJson ? server.Ready.ToJson() : $"Listening on: {server.EndPoints[0]}");
        foreach (var sentence in Sentences(server, options))
            Console.Out.WriteLine(sentence);
    }

    private static IEnumerable<string> Sentences(MinatoServer server, MinatoOptions options)
    {
        var first = server.EndPoints[0];
        if (server.IsFallbackPort)
            yield return $"Port {MinatoOptions.DefaultPort} was in use, so this data folder is served on port {first.Port}, now and next time. An address on the command line changes that.";
        foreach (var other in server.EndPoints.Skip(1))
            yield return $"Also on: {other}";
        yield return $"Open {server.Ready.Url} in a browser, or: telnet {TelnetHost(server.Ready.Url)} {first.Port}";
        foreach (var sentence in options.Lan ? OnThisNetwork(first.Port, options) : [])
            yield return sentence;
        if (options.PublicUrl is { } others)
            yield return $"Others open {others.GetLeftPart(UriPartial.Authority)}";
        yield return options.Memory ? "Nothing is kept (--memory)."
            : options.Postgres is not null ? "Data: in PostgreSQL (--postgres)." : $"Data: {Path.GetFullPath(options.Data ?? DataFolder.DefaultPath)}";
        if (server.IsPrivate)
            yield break;
        if (server.Access == Access.Guests)
            yield return "WARNING: everybody who reaches this address may read and write in every public room (--access guests).";
        else if (server.Access == Access.Accounts)
            yield return "Others can reach this address, so an account is needed, and there are none yet: nobody gets in. --access guests lets everybody in, --access token the holders of the launch token.";
    }

    /// <summary>Where other machines find it, and for a phone's camera the first of these, where there is a screen to show it on.</summary>
    private static IEnumerable<string> OnThisNetwork(int port, MinatoOptions options)
    {
        var scheme = options.TlsCertificate is null ? "http" : "https";
        var isFirst = true;
        foreach (var (name, address) in LocalNetwork.Addresses())
        {
            var url = $"{scheme}://{address}:{port}";
            yield return $"On this network: {url} ({name})";
            if (isFirst && !Console.IsOutputRedirected)
                yield return QrText.Of(url);
            isFirst = false;
        }
        if (isFirst)
            yield return "This machine is on no network at the moment.";
    }

    private static string TelnetHost(string url) => new Uri(url).Host.Trim('[', ']');
}
