using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Minato.Tests.Kit;

namespace Minato.Client.Tests.Behaviour;

/// <summary>A client in a process of its own: told what to do in lines of JSON, and asked what it believes.</summary>
internal sealed class DriverProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _stderr = new();

    internal DriverProcess(IReadOnlyList<string> command)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command.Skip(1))
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.ErrorDataReceived += (_, e) =>
        {
            lock (_stderr)
                _stderr.AppendLine(e.Data);
        };
        _process.Start();
        _process.BeginErrorReadLine();
    }

    internal Task DoAsync(string what, params (string Name, JsonNode? Value)[] with) =>
        WriteAsync(new JsonObject([KeyValuePair.Create("do", (JsonNode?)what), .. with.Select(w => KeyValuePair.Create(w.Name, w.Value))]));

    internal async Task<ClientBelief> ReportAsync(long since)
    {
        await DoAsync("report", ("since", since));
        var line = await _process.StandardOutput.ReadLineAsync().Within("a report of the client")
            ?? throw new InvalidOperationException($"The client ended: {Errors()}");
        return ClientBelief.Read(JsonNode.Parse(line)!.AsObject());
    }

    /// <summary>As kill -9.</summary>
    internal async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().Within("a killed client to end");
    }

    /// <summary>As somebody who closes it.</summary>
    internal async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().Within("the client to end");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task WriteAsync(JsonObject json)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(json.ToJsonString());
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"The client ended: {Errors()}", e);
        }
    }

    private string Errors()
    {
        lock (_stderr)
            return _stderr.ToString();
    }
}
