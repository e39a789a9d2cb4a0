using System.Text.Json;
using System.Text.Json.Serialization;
using Minato.Server;
using Minato.Sidecar;

namespace Minato.Cli.Serving;

/// <summary>Why a server did not start: a code for programs, a sentence for people, and the exit code.</summary>
internal sealed record StartFailure(string Code, string Message, int ExitCode, int? Port = null, int? Pid = null, string? Url = null)
{
    /// <summary>ENOSPC, as .NET gives it on, and ERROR_DISK_FULL.</summary>
    private const int NoSpaceLeft = 28, NoSpaceLeftOnWindows = unchecked((int)0x80070070);

    internal static StartFailure? From(Exception e) => e switch
    {
        PortInUseException port => new("port_in_use", port.Message, Cli.ExitCode.Port, port.Port, port.Owner?.Pid),
        PortForbiddenException port => new("port_forbidden", port.Message, Cli.ExitCode.Port, port.Port),
        PortException port => new("port_unavailable", port.Message, Cli.ExitCode.Port, port.Port),
        DataInUseException data => new("data_in_use", data.Message, Cli.ExitCode.DataInUse, Pid: data.Pid, Url: data.Url),
        DatabaseException => new("database", e.Message, Cli.ExitCode.Database),
        CertificateException => new("certificate", e.Message, Cli.ExitCode.Error),
        IOException { HResult: NoSpaceLeft or NoSpaceLeftOnWindows } => new("disk_full", $"The disk is full ({e.Message}). Free some space.", Cli.ExitCode.Error),
        IOException or UnauthorizedAccessException => new("error", e.Message, Cli.ExitCode.Error),
        _ => null,
    };

    internal string ToJson() => JsonSerializer.Serialize(
        new FailureReport(1, Ready: false, new FailureError(Code, Port, Pid, Url, Message)), FailureJson.Default.FailureReport);
}

/// <summary>What <c>--ready-json</c> says when there is nothing to be ready.</summary>
internal sealed record FailureReport(
    [property: JsonPropertyName("v")] int V,
    [property: JsonPropertyName("ready")] bool Ready,
    [property: JsonPropertyName("error")] FailureError Error);

internal sealed record FailureError(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("port")] int? Port,
    [property: JsonPropertyName("pid")] int? Pid,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("message")] string Message);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureReport))]
internal sealed partial class FailureJson : JsonSerializerContext;
