using System.Text.RegularExpressions;

namespace Minato.Sidecar;

/// <summary>How a program says, or shows, that it is ready.</summary>
public abstract record ReadyProbe
{
    /// <summary>What a program said of where it listens: nothing, a port, or a URL.</summary>
    internal readonly record struct Sign(int? Port = null, string? Url = null);

    private const string Forms =
        "A probe is line:REGEX, file, file:PATH, http, http:/PATH, tcp, notify or none; a regex with a group (?<port>…) or (?<url>…) also says where.";

    /// <summary>
    /// Nothing is waited for: a socket that was handed over keeps early clients in its backlog. With another hand-off nothing is proven either.
    /// </summary>
    public static ReadyProbe None { get; } = new NoProbe();

    /// <summary>Something of the program's own listens on its port. Looked at every 10 ms, without connecting (Linux).</summary>
    public static ReadyProbe Tcp { get; } = new TcpProbe();

    /// <summary>The program sends <c>READY=1</c> to the socket that NOTIFY_SOCKET names (sd_notify(3)); noticed at once.</summary>
    public static ReadyProbe Notify { get; } = new NotifyProbe();

    /// <summary>
    /// A line of its output, or of its errors, matches; noticed at once. A group <c>port</c> or <c>url</c> says where it listens.
    /// </summary>
    /// <param name="pattern">Without look-around and back references: it runs in linear time on whatever the program writes.</param>
    /// <exception cref="ArgumentException">It is no such pattern; the message says why.</exception>
    public static ReadyProbe Line(string pattern) => new LineProbe(Compile(pattern));

    /// <summary>A file appears, or is replaced; noticed at once. A port or a URL in it, alone or in JSON, says where the program listens.</summary>
    /// <param name="path">Null: one of ours, told to the program by <c>{ready_file}</c> or MINATO_READY_FILE.</param>
    public static ReadyProbe File(string? path = null) => new FileProbe(path);

    /// <summary>A GET is answered by a status from 200 to 399; asked every 20 ms, and no sooner than something of the program's own listens.</summary>
    public static ReadyProbe Http(string path = "/") =>
        path.StartsWith('/') && !path.Any(c => char.IsControl(c) || c == ' ') ? new HttpProbe(path) : throw new ArgumentException($"\"{path}\" is not a path: one begins with /.", nameof(path));

    /// <summary>Reads <c>line:REGEX</c>, <c>file</c>, <c>file:PATH</c>, <c>http</c>, <c>http:/PATH</c>, <c>tcp</c>, <c>notify</c> or <c>none</c>.</summary>
    /// <exception cref="FormatException">It is none of them; the message is for the user.</exception>
    public static ReadyProbe Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':');
        var (kind, rest) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        try
        {
            return (kind, rest) switch
            {
                ("tcp", null) => Tcp,
                ("notify", null) => Notify,
                ("none", null) => None,
                ("http", _) => Http(rest ?? "/"),
                ("file", null or { Length: > 0 }) => File(rest),
                ("line", { Length: > 0 }) => Line(rest),
                _ => throw new ArgumentException("It is none of the forms."),
            };
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"\"{text}\" is not a probe: {e.Message} {Forms}", e);
        }
    }

    /// <summary>Whether the program may say by it where it listens.</summary>
    internal virtual bool MayReport => false;

    /// <summary>Whether it looks at what the program writes, which must come to us then.</summary>
    public virtual bool NeedsOutput => false;

    internal abstract Task<Sign> WaitAsync(ProbeScene scene, CancellationToken cancel);

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException("Look-around and back references are not allowed here.", e);
        }
    }

    private sealed record NoProbe : ReadyProbe
    {
        internal override Task<Sign> WaitAsync(ProbeScene scene, CancellationToken cancel) => Task.FromResult(default(Sign));
    }
}
