using System.Text.Json.Nodes;

namespace Minato.Client.Tests.Driver;

/// <summary>Minato.Client behind the driver protocol of tests/behaviour/README.md. Its arguments name what it does wrong.</summary>
internal static class ClientDriver
{
    internal static async Task RunAsync(string[] faults)
    {
        DrivenClient? client = null;
        try
        {
            while (await Console.In.ReadLineAsync() is { } line)
            {
                var command = JsonNode.Parse(line)!.AsObject();
                switch ((string)command["do"]!)
                {
                    case "start":
                        client = new DrivenClient(new Uri((string)command["url"]!), (string)command["state"]!, (long)command["since"]!, faults);
                        break;
                    case "send":
                        client!.Send((string)command["body"]!);
                        break;
                    case "report":
                        await Console.Out.WriteLineAsync(client!.Report().ToJsonString());
                        break;
                }
            }
        }
        finally
        {
            if (client is not null)
                await client.DisposeAsync();
        }
    }
}
