using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Minato.Server;
using Minato.Sidecar;

namespace Minato.Cli.Serving;

/// <summary>Runs a server from its first line on stdout to its exit code.</summary>
internal static partial class ServerRun
{
    private const string LaunchToken = "MINATO_TOKEN", MetricsToken = "MINATO_METRICS_TOKEN";

    internal static async Task<int> RunAsync(MinatoOptions options, HostContract host)
    {
        NativeHeap.KeepSmall();
        using var trial = OnTrial.Take();
        if (trial is not null)
            return await TrialAnswer.RunAsync(options, trial);
        Task parentGone;
        bool isReloaded;
        try
        {
            parentGone = host.WatchParent();
            var handed = HandedOver.Take();
            isReloaded = handed is not null;
            options = options with
            {
                InheritedSockets = handed?.Sockets ?? InheritedSockets.Take(),
                InheritedLock = handed?.Lock,
                LaunchToken = Take(LaunchToken),
                MetricsToken = Take(MetricsToken),
                OwnProgram = Replacement.OfThisProcess(),
            };
        }
        catch (InvalidOperationException e)
        {
            return Fail(host, new StartFailure("usage", e.Message, ExitCode.Usage));
        }
        using var end = new EndSignals();
        using var logs = CreateLogs();
        while (true)
        {
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
            // Whoever reads the first line has read it, where this is the same process.
            if (!isReloaded)
                Announcement.Write(server, options, host.ReadyJson);
            var mustEnd = Task.WhenAny(server.Failed, parentGone);
            var over = Task.WhenAny(end.Asked, mustEnd);
            if (await Task.WhenAny(over, server.ReplacementAsked) == over)
                return await UntilEndAsync(server, end, mustEnd, host.ShutdownDelay, logs);
            if (await BecomeAsync(server, options, over) is not { } again)
                return server.Failed.IsCompleted ? ExitCode.Database : ExitCode.Done;
            (options, isReloaded) = (again, true);
        }
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

    /// <summary>Stops the server and becomes the next one: where that succeeds, this does not return.</summary>
    /// <param name="over">Completes when the process is to end, whoever it is.</param>
    /// <returns>How to go on as what it was; null: the process is to end.</returns>
    private static async Task<MinatoOptions?> BecomeAsync(MinatoServer server, MinatoOptions options, Task over)
    {
        // Also the one that was made here: the host knows it, and so do its pages.
        options = options with { LaunchToken = server.LaunchToken };
        var next = (await server.ReplacementAsked).With(LaunchToken, options.LaunchToken).With(MetricsToken, options.MetricsToken);
        var handed = await server.HandOverAsync();
        if (over.IsCompleted)
            return null;
        try
        {
            next.Become(handed);
            return null;
        }
        catch (SidecarException e)
        {
            Console.Error.WriteLine($"minato: {e.Message}");
            return options with { InheritedSockets = handed.Sockets, InheritedLock = handed.Lock, FailedReload = e.Message };
        }
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
