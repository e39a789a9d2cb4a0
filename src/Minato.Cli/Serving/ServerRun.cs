using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Minato.Server;
using Minato.Sidecar;

namespace Minato.Cli.Serving;

/// <summary>Runs a server from its first line on stdout to its exit code.</summary>
internal static partial class ServerRun
{
    internal static async Task<int> RunAsync(MinatoOptions options, HostContract host)
    {
        NativeHeap.KeepSmall();
        Task parentGone;
        try
        {
            parentGone = host.WatchParent();
            options = options with
            {
                InheritedSockets = InheritedSockets.Take(),
                LaunchToken = Take("MINATO_TOKEN"),
                MetricsToken = Take("MINATO_METRICS_TOKEN"),
            };
        }
        catch (InvalidOperationException e)
        {
            return Fail(host, new StartFailure("usage", e.Message, ExitCode.Usage));
        }
        using var end = new EndSignals();
        using var logs = CreateLogs();
        await using var server = new MinatoServer(options, logs);
        try
        {
            await server.StartAsync();
            if (host.ReadyFile is { } file)
                (server.Ready with { Token = server.LaunchToken }).WriteTo(file);
        }
        catch (Exception e) when (StartFailure.From(e) is { } failure)
        {
            return Fail(host, failure);
        }
        Announcement.Write(server, options, host.ReadyJson);
        return await UntilEndAsync(server, end, Task.WhenAny(server.Failed, parentGone), host.ShutdownDelay, logs);
    }

    /// <param name="mustEnd">Completes when there is nothing to wait for any more.</param>
    private static async Task<int> UntilEndAsync(MinatoServer server, EndSignals end, Task mustEnd, TimeSpan delay, ILoggerFactory logs)
    {
        if (await Task.WhenAny(mustEnd, end.Asked) != mustEnd && delay > TimeSpan.Zero)
        {
            server.AnnounceStop();
            LogDelay(logs.CreateLogger(typeof(ServerRun)), delay.TotalSeconds);
            await Task.WhenAny(mustEnd, Task.Delay(delay));
        }
        await server.DisposeAsync();
        return server.Failed.IsCompleted ? ExitCode.Database : ExitCode.Done;
    }

    /// <summary>A token comes in the environment, and is not there any more for whatever this process starts.</summary>
    private static string? Take(string variable)
    {
        var token = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        return string.IsNullOrEmpty(token) ? null : token;
    }

    private static int Fail(HostContract host, StartFailure failure)
    {
        if (host.ReadyJson)
            Console.Out.WriteLine(failure.ToJson());
        Console.Error.WriteLine($"minato: {failure.Message}");
        return failure.ExitCode;
    }

    private static ILoggerFactory CreateLogs() => LoggerFactory.Create(logs => logs
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        })
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    [LoggerMessage(300, LogLevel.Information, "Asked to end: /readyz says so from now on, and everybody is served for {Seconds} s more (--shutdown-delay). Asked again, it ends at once.")]
    private static partial void LogDelay(ILogger log, double seconds);
}
