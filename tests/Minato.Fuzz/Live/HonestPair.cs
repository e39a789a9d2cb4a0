using System.Text.Json;
using Minato.Fuzz.Targets;
using Minato.Tests.Kit;

namespace Minato.Fuzz.Live;

/// <summary>One who posts and one who reads the same room, event by event.</summary>
internal sealed class HonestPair : IDisposable
{
    private readonly WsClient _writer;
    private readonly WsClient _reader;
    private readonly string _room;
    private long _last;

    private HonestPair(WsClient writer, WsClient reader, JsonElement lobby)
    {
        (_writer, _reader) = (writer, reader);
        _room = lobby.GetProperty("id").GetString()!;
        _last = lobby.GetProperty("head").GetInt64();
    }

    public int Exchanged { get; private set; }

    public static async Task<HonestPair> ConnectAsync(string url)
    {
        var writer = await WsClient.ConnectAsync(url);
        await writer.HelloAsync();
        var reader = await WsClient.ConnectAsync(url);
        var welcome = await reader.HelloAsync();
        return new HonestPair(writer, reader, welcome.GetProperty("rooms").EnumerateArray().First(r => r.TryGetProperty("slug", out var slug) && slug.GetString() == "lobby"));
    }

    /// <summary>A message there, its answer back, and every event up to it in the reader's hands.</summary>
    public async Task ExchangeAsync()
    {
        var body = $"honest {Exchanged}";
        var answer = await _writer.PostedAsync($"c{Exchanged}", body);
        if (WsClient.Op(answer) != "ok")
            throw new WrongException($"The honest writer got {answer.GetRawText()}.");
        var seq = answer.GetProperty("seq").GetInt64();
        while (_last < seq)
        {
            var frame = await _reader.ReceiveAsync($"event {seq} (at {_last})") ?? throw new WrongException($"The honest reader was closed with {_reader.CloseCode}.");
            if (WsClient.Op(frame) != "ev" || frame.GetProperty("room").GetString() != _room)
                continue;
            var next = frame.GetProperty("seq").GetInt64();
            if (next != _last + 1)
                throw new WrongException($"Event {next} came after {_last}.");
            _last = next;
            if (next == seq && frame.GetProperty("body").GetString() != body)
                throw new WrongException($"Event {seq} is another's: {frame.GetRawText()}");
        }
        Exchanged++;
        // What the writer hears besides its answers is thrown away.
        while (_writer.TakeKept() is not null)
        {
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }
}
