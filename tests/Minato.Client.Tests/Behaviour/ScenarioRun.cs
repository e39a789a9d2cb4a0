using System.Text.Json.Nodes;
using Minato.Tests.Kit;

namespace Minato.Client.Tests.Behaviour;

/// <summary>A scenario as it happens: the server, the relay before it, and one client in a process of its own.</summary>
internal sealed class ScenarioRun(Scenario scenario, ServerUnderTest server, IReadOnlyList<string> driver) : IAsyncDisposable
{
    private readonly FaultRelay _relay = new();
    private readonly TempFolder _state = new();
    private readonly List<string> _sent = [];
    private DriverProcess? _client;
    private RoomLog? _elsewhere;
    private long _since;
    private string _lobby = "";

    /// <summary>How long a client may take to believe what the log says.</summary>
    internal TimeSpan ComparePatience { get; init; } = Patience.Long;

    internal async Task RunAsync()
    {
        _relay.Target = server.Port;
        if (scenario.LetsGuestsIn)
            using (var log = await RoomLog.OpenAsync(server.Url))
                (_since, _lobby) = (log.Head, log.Lobby);
        foreach (var step in scenario.Steps)
            try
            {
                await StepAsync(step);
            }
            catch (Exception e) when (e is TimeoutException or InvalidOperationException)
            {
                throw new InvalidOperationException($"{scenario.Name}, at {step.ToJsonString()}: {e.Message}", e);
            }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        _elsewhere?.Dispose();
        await _relay.DisposeAsync();
        _state.Dispose();
    }

    private Task StepAsync(JsonObject step) => step.Single() switch
    {
        ("client", { } what) => ClientAsync((string)what!),
        ("server", { } what) => ServerAsync((string)what!),
        ("send", { } what) => SendAsync((int)what["count"]!, (string?)what["body"] ?? "message"),
        ("elsewhere", { } what) => ElsewhereAsync(what),
        ("relay", { } what) => RelayAsync((string)what!),
        ("fault", { } what) => Done(() => _relay.Add(new FaultRule(JsonNode.Parse(what.ToJsonString().Replace("$lobby", _lobby, StringComparison.Ordinal))!.AsObject()))),
        ("await", { } what) => AwaitAsync(what.AsObject()),
        ("expect", { } what) => ExpectAsync(what.AsObject()),
        ("compare", _) => CompareAsync(),
        var other => throw new ArgumentException($"There is no step {other.Key}."),
    };

    private async Task ClientAsync(string what)
    {
        switch (what)
        {
            case "start":
                _client = new DriverProcess(driver);
                await _client.DoAsync("start", ("url", $"http://127.0.0.1:{_relay.Port}"), ("state", _state.Path), ("since", _since));
                break;
            case "kill":
                await _client!.KillAsync();
                await _client.DisposeAsync();
                break;
            case "end":
                await _client!.EndAsync();
                await _client.DisposeAsync();
                break;
            default:
                throw new ArgumentException($"A client does not {what}.");
        }
    }

    private async Task ServerAsync(string what)
    {
        _elsewhere?.Dispose();
        _elsewhere = null;
        switch (what)
        {
            case "start":
                await server.StartAsync();
                _relay.Target = server.Port;
                break;
            case "kill":
                await server.KillAsync();
                break;
            case "drain":
                await server.DrainAsync();
                break;
            default:
                throw new ArgumentException($"A server does not {what}.");
        }
    }

    private async Task SendAsync(int count, string body)
    {
        for (var i = 0; i < count; i++)
        {
            _sent.Add($"{body} {_sent.Count} of {_state.Path}");
            await _client!.DoAsync("send", ("body", _sent[^1]));
        }
    }

    private async Task ElsewhereAsync(JsonNode what)
    {
        _elsewhere ??= await RoomLog.OpenAsync(server.Url);
        if (what["posts"] is { } posts)
            await _elsewhere.PostAsync((int)posts, what["bytes"] is { } bytes ? new string('x', (int)bytes) : "elsewhere");
        else
            await _elsewhere.JoinAsync();
    }

    private Task RelayAsync(string what) => Done(what switch
    {
        "cut" => _relay.CutAll,
        "refuse" => () => _relay.Refuse(true),
        "accept" => () => _relay.Refuse(false),
        "freeze" => () => _relay.Freeze(downOnly: false),
        "freeze down" => () => _relay.Freeze(downOnly: true),
        "thaw" => _relay.Thaw,
        "bytewise" => () => _relay.IsBytewise = true,
        _ => throw new ArgumentException($"A relay does not {what}."),
    });

    private async Task AwaitAsync(JsonObject what)
    {
        ClientBelief? belief = null;
        await UntilAsync(
            async () =>
            {
                belief = await _client!.ReportAsync(_since);
                return what.All(condition => condition switch
                {
                    ("status", { } status) => belief.Status == (string)status!,
                    ("pending", { } pending) => belief.Pending == (int)pending,
                    ("kept", { } kept) => belief.Kept == (int)kept,
                    ("faults", { } faults) => _relay.Record.Faults >= (int)faults,
                    ("attempts", { } attempts) => _relay.Record.Attempts >= (int)attempts,
                    _ => throw new ArgumentException($"Nobody awaits {condition.Key}."),
                });
            },
            () => $"{what.ToJsonString()}; it is {belief?.Status} with {belief?.Pending} pending ({belief?.Kept} kept) after {_relay.Record.Attempts} attempts and {_relay.Record.Faults} faults",
            Patience.Long);
    }

    private async Task ExpectAsync(JsonObject what)
    {
        var belief = await _client!.ReportAsync(_since);
        foreach (var (name, value) in what)
            switch (name)
            {
                case "resets":
                    Assert.Equal(value!.AsArray().Select(r => (string)r!), belief.Resets);
                    break;
                case "failed":
                    Assert.Equal(value!.AsArray().Select(r => (string)r!), belief.Failed);
                    break;
                case "attempts":
                    Assert.Equal((int)value!, _relay.Record.Attempts);
                    break;
                case "returned after":
                    Assert.NotNull(_relay.Record.Returned);
                    Assert.True(_relay.Record.Returned >= TimeSpan.FromMilliseconds((int)value!), $"It came back after {_relay.Record.Returned}.");
                    break;
                case "closed with":
                    Assert.Contains((int)value!, _relay.Record.Closes);
                    break;
                case "resent":
                    Assert.NotEqual(_relay.Record.SentCids.Distinct().Count(), _relay.Record.SentCids.Length);
                    break;
                default:
                    throw new ArgumentException($"Nobody expects {name}.");
            }
    }

    /// <summary>What the client believes is what the log says; and of what it sent, everything is there once, in order and by one author.</summary>
    private async Task CompareAsync()
    {
        ClientBelief? belief = null;
        await UntilAsync(
            async () =>
            {
                belief = await _client!.ReportAsync(_since);
                var (head, _) = await RoomLog.ReadAsync(server.Url, since: (1L << 53) - 1);
                return belief is { Complete: true, Pending: 0 } && belief.Last >= head;
            },
            () => $"the client has everything; it is {belief?.Status} at {belief?.Last} with {belief?.Pending} pending",
            ComparePatience);
        var (_, posts) = await RoomLog.ReadAsync(server.Url, _since);
        var own = posts.Where(p => _sent.Contains(p.Body!)).ToList();
        Assert.Equal(_sent, own.Select(p => p.Body!));
        Assert.True(own.Select(p => p.Author).Distinct().Count() <= 1, "The client was somebody else meanwhile.");
        Assert.Equal(posts.Select(p => (p.Seq, p.Body)), belief!.Messages);
        Assert.Empty(belief.Failed);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> what, TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        while (!await isSo())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Waited {time.TotalSeconds} s in vain until {what()}.");
            // Another process can only be asked.
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
