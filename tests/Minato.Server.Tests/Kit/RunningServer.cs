using Microsoft.Extensions.Logging;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Server.Accounts;
using Minato.Sidecar;
using Minato.Tests.Kit;

namespace Minato.Server.Tests;

/// <summary>A server with real sockets in this process, on a port of the system's choice, that keeps nothing.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly MinatoServer _server;

    private RunningServer(MinatoServer server) => _server = server;

    public Access Access => _server.Access;

    public string Url => _server.Ready.Url;

    public int Port => _server.Ready.Port;

    /// <summary>The invitation of the first owner; null: there is one, or nobody needs one.</summary>
    public string? OwnerInvitation => _server.OwnerLink?.Split('=')[1];

    public static ListenAddress AnyPort => ListenAddress.TryParse("127.0.0.1:0", out var address, out var error) ? address : throw new InvalidOperationException(error);

    public static Task<RunningServer> StartAsync(Access? access = null) => StartAsync(options => options with { Access = access });

    public static Task<RunningServer> StartAsync(MinatoOptions options) => StartAsync(_ => options with { Address = AnyPort, Memory = true });

    public static async Task<RunningServer> StartAsync(Func<MinatoOptions, MinatoOptions> configure, TimeProvider? clock = null, ILoggerFactory? logs = null)
    {
        var server = new MinatoServer(configure(new MinatoOptions { Address = AnyPort, Memory = true }), logs, clock);
        await server.StartAsync();
        return new RunningServer(server);
    }

    public IStore Store => _server.Context.Store;

    public GuessLimits Guesses => _server.Context.Accounts.Guesses;

    /// <summary>Carries out a command as if somebody had sent it.</summary>
    public async Task<T> DoAsync<T>(Command command) where T : Outcome
    {
        var outcome = await _server.Context.Log.SubmitAsync(command, lane: null).Within($"the log to carry out {command.GetType().Name}");
        return outcome as T ?? throw new InvalidOperationException($"{command} ended as {outcome}.");
    }

    /// <summary>One request as its bytes; the answer's head, and its body as far as its length says.</summary>
    public async Task<(int Status, Dictionary<string, string> Headers, string Body)> RequestAsync(string request)
    {
        using var client = await RawClient.ConnectAsync(Port);
        await client.SendAsync(request.ReplaceLineEndings("\r\n"));
        return await ReadAsync(client);
    }

    public static async Task<(int Status, Dictionary<string, string> Headers, string Body)> ReadAsync(RawClient client)
    {
        var status = await client.ReadLineAsync("a status line") ?? throw new InvalidOperationException("Closed without an answer.");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await client.ReadLineAsync("a header") is { Length: > 0 } line)
            headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        var body = headers.TryGetValue("Content-Length", out var length) ? System.Text.Encoding.UTF8.GetString(await client.ReadBytesAsync(int.Parse(length)))
            : headers.ContainsKey("Transfer-Encoding") ? await ChunksAsync(client) : "";
        return (int.Parse(status.Split(' ')[1]), headers, body);
    }

    public void AnnounceStop() => _server.AnnounceStop();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<string> ChunksAsync(RawClient client)
    {
        var body = "";
        while (Convert.ToInt32(await client.ReadLineAsync("a chunk"), 16) is > 0 and var size)
        {
            body += System.Text.Encoding.UTF8.GetString(await client.ReadBytesAsync(size));
            await client.ReadLineAsync();
        }
        await client.ReadLineAsync();
        return body;
    }
}
