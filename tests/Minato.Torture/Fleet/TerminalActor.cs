using System.Net.Sockets;
using System.Text;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>Somebody at a terminal: each line is typed once, and either comes back or nobody knows what became of it.</summary>
internal sealed class TerminalActor(string name, FleetOptions options, Recorder recorder, int seed) : Actor(name, options, recorder, seed)
{
    private const string Lobby = "#lobby";
    private int _typed;
    private int _lives;
    private volatile Socket? _socket;

    /// <summary>What was typed is not typed again.</summary>
    public override bool IsSettled => true;

    /// <summary>Its first line is what makes it somebody at a terminal: without one there is nothing to come back for.</summary>
    protected override bool HasLeft => !IsActing;

    protected override async Task LiveAsync(Action connected, CancellationToken life)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Server, life);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
        _socket = socket;
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        // The first line decides the protocol; whether anything comes back to it says that the server is there.
        await TypeAsync(stream, life);
        var first = await reader.ReadLineAsync(life) ?? throw new IOException("Closed at once.");
        connected();
        Recorder.Add(new Connected(Recorder.Now, $"{Name}.{++_lives}", Node));
        Take(first);
        var reading = ReadAsync(reader, life);
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(NextPause(), life));
            if (IsActing && !reading.IsCompleted && !life.IsCancellationRequested)
                await TypeAsync(stream, life);
        }
        await reading;
    }

    public override void Cut()
    {
        if (_socket is not { } socket)
            return;
        try
        {
            // Half of a character, then nothing any more. Where the end arrives before the reset, what came before it is the last line.
            var text = $"{Name}.{Interlocked.Increment(ref _typed)}.half";
            Recorder.Add(new Typed(Recorder.Now, Name, Lobby, BodyText.IdOf(text + "\uFFFD")));
            socket.Send([.. Encoding.UTF8.GetBytes(text), 0xE6, 0xB8]);
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
        socket.Dispose();
    }

    /// <summary>It was told what came while it was there, and of nothing else.</summary>
    public override Task ArriveAsync(CancellationToken stop) => Task.CompletedTask;

    public override void End()
    {
    }

    private async Task TypeAsync(NetworkStream stream, CancellationToken life)
    {
        var id = $"{Name}.{Interlocked.Increment(ref _typed)}";
        Recorder.Add(new Typed(Recorder.Now, Name, Lobby, id));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(BodyText.Of(id, Random.Next(8)) + "\n"), life);
    }

    private async Task ReadAsync(StreamReader reader, CancellationToken life)
    {
        try
        {
            while (await reader.ReadLineAsync(life) is { } line)
                Take(line);
        }
        catch (DecoderFallbackException)
        {
            Complain("It was sent bytes that are not UTF-8.");
        }
    }

    /// <summary><c>#room &lt;name&gt; text</c>; notices begin with "* ". A body of several lines comes as several, of which only the first names its id.</summary>
    private void Take(string line)
    {
        var nick = line.IndexOf('<', StringComparison.Ordinal);
        var text = line.IndexOf("> ", StringComparison.Ordinal);
        if (!line.StartsWith('#') || nick < 0 || text < nick)
        {
            if (!line.StartsWith("* ", StringComparison.Ordinal))
                Complain($"It was sent a line that is no message and no notice: {line}");
            return;
        }
        var fields = line[(text + 2)..].Split(' ', 3);
        if (fields[0].Count(c => c == '.') != 1 || fields.Length < 2)
            return;
        var id = fields[1].EndsWith('n') ? fields[0] : BodyText.IdOf(line[(text + 2)..]);
        Recorder.Add(new Line(Recorder.Now, $"{Name}.{_lives}", line[..(nick - 1)], id));
    }
}
