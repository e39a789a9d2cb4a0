using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Minato.Sidecar;
using SidecarProcess = Minato.Sidecar.Sidecar;

namespace Minato.Cli.Running;

/// <summary>Runs a command from its start to its end, and ends as it does. Our own words go to stderr.</summary>
internal static class CommandRun
{
    /// <param name="restart">Null: never.</param>
    internal static async Task<int> RunAsync(SidecarOptions options, RestartPolicy? restart, bool json)
    {
        using var signals = new SignalRelay();
        options = options with { OnStarted = signals.To };
        try
        {
            return (restart is null ? await OnceAsync(options, json) : await AgainAsync(options, Telling(restart, options, json), signals, json)).ShellCode;
        }
        catch (SidecarException e)
        {
            // A command that ends by itself, without ever serving, is its own business; its code says how it went.
            if (e is not { Failure: SidecarFailure.EndedEarly, End: { Code: 0 } })
                SayFailure(json, e.Message);
            return e.Failure switch
            {
                SidecarFailure.NotFound => RunExitCode.NotFound,
                SidecarFailure.CannotExecute => RunExitCode.CannotExecute,
                SidecarFailure.EndedEarly => e.End!.Value.ShellCode,
                SidecarFailure.NotReady or SidecarFailure.ListensElsewhere => RunExitCode.NotReady,
                SidecarFailure.GaveUp => e.End!.Value.ShellCode,
                _ => RunExitCode.OurError,
            };
        }
        catch (Exception e) when (e is PortException or ArgumentException or IOException or PlatformNotSupportedException)
        {
            SayFailure(json, e.Message);
            return RunExitCode.OurError;
        }
    }

    private static async Task<ProcessEnd> OnceAsync(SidecarOptions options, bool json)
    {
        await using var sidecar = await SidecarProcess.StartAsync(options);
        SayReady(json, options, sidecar);
        return await sidecar.Exited;
    }

    private static async Task<ProcessEnd> AgainAsync(SidecarOptions options, RestartPolicy restart, SignalRelay signals, bool json)
    {
        await using var supervisor = await SidecarSupervisor.StartAsync(options, restart);
        SayReady(json, options, supervisor.Current);
        // What a signal means is the command's business here, too: it has got it, and ends in its own time.
        if (await Task.WhenAny(supervisor.Ended, signals.EndAsked) != supervisor.Ended)
            supervisor.StopRestarting();
        return await supervisor.Ended;
    }

    private static RestartPolicy Telling(RestartPolicy restart, SidecarOptions options, bool json) => restart with
    {
        OnPause = (end, pause) =>
        {
            var sentence = string.Create(CultureInfo.InvariantCulture, $"\"{options.Program}\" ended {end}; it is started again in {pause.TotalSeconds:0.0} s.");
            Say(json, new RunReport(1, false, null, null, null, (long)pause.TotalMilliseconds, sentence), sentence);
        },
        OnStartedAgain = sidecar => SayReady(json, options, sidecar),
    };

    private static void SayReady(bool json, SidecarOptions options, SidecarProcess sidecar) =>
        Say(json, new RunReport(1, true, sidecar.Url, sidecar.Port, sidecar.ProcessId, null, null), $"{options.Program} (pid {sidecar.ProcessId}) serves at {sidecar.Url}");

    private static void SayFailure(bool json, string message) => Say(json, new RunReport(1, false, null, null, null, null, message), message);

    // Where nobody hears us, the command runs all the same.
    private static void Say(bool json, RunReport report, string sentence)
    {
        try
        {
            Console.Error.WriteLine(json ? JsonSerializer.Serialize(report, RunJson.Default.RunReport) : $"minato: {sentence}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}

/// <param name="RestartIn">Milliseconds until it is started again; without it, a program that is not ready stays so.</param>
internal sealed record RunReport(
    [property: JsonPropertyName("v")] int V,
    [property: JsonPropertyName("ready")] bool Ready,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("port")] int? Port,
    [property: JsonPropertyName("pid")] int? Pid,
    [property: JsonPropertyName("restartIn")] long? RestartIn,
    [property: JsonPropertyName("message")] string? Message);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class RunJson : JsonSerializerContext;
