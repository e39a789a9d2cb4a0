using System.Text;
using System.Text.Json.Nodes;

namespace Minato.Client.Tests.Driver;

/// <summary>
/// Makes a client do what it must not: <c>new-cids</c>, what is sent again goes out as something new; <c>renumbers</c>, events are believed to follow
/// each other whatever their seq; <c>skips-holes</c>, what was missed is not asked for.
/// </summary>
internal sealed class BrokenTransport(IClientTransport inner, string[] faults) : IClientTransport
{
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, string> _renamed = [];
    private long _last;

    public async ValueTask<IClientChannel> OpenAsync(CancellationToken cancel) => new Channel(await inner.OpenAsync(cancel), this);

    private void Said(JsonObject frame)
    {
        if (!faults.Contains("new-cids") || (string?)frame["cid"] is not { } cid || _seen.Add(cid))
            return;
        var other = $"{cid}-{_seen.Count}";
        _renamed[other] = cid;
        frame["cid"] = other;
    }

    private void Heard(JsonObject frame)
    {
        if ((string?)frame["cid"] is { } cid && _renamed.TryGetValue(cid, out var own))
            frame["cid"] = own;
        if (faults.Contains("renumbers") && (string?)frame["op"] == "ev")
            frame["seq"] = _last = _last == 0 ? (long)frame["seq"]! : _last + 1;
        if (faults.Contains("skips-holes") && (string?)frame["op"] == "history")
            frame["messages"] = new JsonArray();
    }

    private sealed class Channel(IClientChannel inner, BrokenTransport owner) : IClientChannel
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel)
        {
            var frame = JsonNode.Parse(text.Span)!.AsObject();
            owner.Said(frame);
            return inner.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), cancel);
        }

        public async ValueTask<Received> ReceiveAsync(CancellationToken cancel)
        {
            var received = await inner.ReceiveAsync(cancel);
            if (received.CloseCode is not null)
                return received;
            var frame = JsonNode.Parse(received.Text.Span)!.AsObject();
            owner.Heard(frame);
            return new Received(Encoding.UTF8.GetBytes(frame.ToJsonString()), null);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
