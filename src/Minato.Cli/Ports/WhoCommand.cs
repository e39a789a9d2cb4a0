using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Minato.Sidecar;

namespace Minato.Cli.Ports;

/// <summary><c>minato port who N</c>: which programs listen on a port.</summary>
internal static class WhoCommand
{
    internal static Command Build()
    {
        var number = new Argument<int>("N") { Description = "The port." };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("who", "Say which programs listen on a port; ends with 1 if none does.") { number, json };
        command.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValue(number) is not (< 1 or > 65535))
                return;
            result.AddError($"{result.GetValue(number)} is not a port: one is a number from 1 to 65535.");
        });
        command.SetAction(parsed => Run(parsed.GetValue(number), parsed.GetValue(json)));
        return command;
    }

    private static int Run(int port, bool json)
    {
        var owners = Port.FindOwner(port);
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(
                [.. owners.Select(o => new PortHolder(o.LocalEndPoint.ToString(), o.Pid, o.Name, o.StartedAt?.ToUnixTimeMilliseconds(), o.UserId))], WhoJson.Default.PortHolderArray));
        else if (owners.Count == 0)
            Console.Error.WriteLine($"minato: nobody listens on port {port}.");
        else
            foreach (var owner in owners)
                Console.Out.WriteLine($"{owner.LocalEndPoint}  {owner}{Since(owner)}");
        return owners.Count > 0 ? ExitCode.Done : ExitCode.Error;
    }

    private static string Since(PortOwner owner) =>
        owner.StartedAt is { } start ? string.Create(CultureInfo.InvariantCulture, $", since {start.ToLocalTime():yyyy-MM-dd HH:mm:ss}") : "";
}

/// <param name="StartedAt">Milliseconds since 1970 UTC.</param>
internal sealed record PortHolder(
    [property: JsonPropertyName("address")] string Address,
    [property: JsonPropertyName("pid")] int? Pid,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("startedAt")] long? StartedAt,
    [property: JsonPropertyName("uid")] uint? UserId);

[JsonSerializable(typeof(PortHolder[]))]
internal sealed partial class WhoJson : JsonSerializerContext;
