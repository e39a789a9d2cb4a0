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
        var network = options.Lan ? Urls(first.Port, options) : [];
        foreach (var sentence in options.Lan ? OnThisNetwork(network) : [])
            yield return sentence;
        if (options.PublicUrl is { } others)
            yield return $"Others open {others.GetLeftPart(UriPartial.Authority)}";
        yield return options.Memory ? "Nothing is kept (--memory)."
            : options.Postgres is not null ? "Data: in PostgreSQL (--postgres)." : $"Data: {Path.GetFullPath(options.Data ?? DataFolder.DefaultPath)}";
        if (server.OwnerLink is { } link)
            foreach (var sentence in FirstOwner(server, network is [var (_, url), ..] ? link.Replace(server.Ready.Url, url, StringComparison.Ordinal) : link))
                yield return sentence;
        if (server.IsPrivate)
            yield break;
        if (server.Access == Access.Guests)
            yield return "WARNING: everybody who reaches this address may read and write in every public room (--access guests).";
        else if (server.Access == Access.Accounts)
            yield return "Others can reach this address, so an account is needed. --access guests lets everybody in.";
    }

    /// <summary>
    /// A person at a terminal sees the link; what is redirected may be a log, and no secret stands in one. It leads to the address that others
    /// use, so that the links that its owner makes do, too.
    /// </summary>
    private static IEnumerable<string> FirstOwner(MinatoServer server, string link)
    {
        yield return "Nobody owns this server yet. Whoever opens this link first does, once and within a day:";
        yield return Console.IsOutputRedirected ? $"  it stands in {server.KeepOwnerLink()}" : $"  {link}";
    }

    /// <summary>Where other machines find it, and for a phone's camera the first of these, where there is a screen to show it on.</summary>
    private static IEnumerable<string> OnThisNetwork(IReadOnlyList<(string Interface, string Url)> network)
    {
        foreach (var (name, url) in network)
        {
            yield return $"On this network: {url} ({name})";
            if (url == network[0].Url && !Console.IsOutputRedirected)
                yield return QrText.Of(url);
        }
        if (network.Count == 0)
            yield return "This machine is on no network at the moment.";
    }

    private static IReadOnlyList<(string Interface, string Url)> Urls(int port, MinatoOptions options) =>
        [.. LocalNetwork.Addresses().Select(a => (a.Interface, $"{(options.TlsCertificate is null ? "http" : "https")}://{a.Address}:{port}"))];

    private static string TelnetHost(string url) => new Uri(url).Host.Trim('[', ']');
}
