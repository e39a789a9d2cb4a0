using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Minato.LoadSamples;

// The chats that ASP.NET's own documentation leads to, and what lies below them, to be measured beside Minato.
if (args is not ["signalr" or "websocket" or "bare", var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var port))
{
    Console.Error.WriteLine("usage: Minato.LoadSamples signalr|websocket|bare PORT");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
if (args[0] != "bare")
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
await (args[0] switch
{
    "signalr" => ChatHub.Build(builder),
    "websocket" => SocketChat.Build(builder),
    _ => BareConnections.Build(builder, port),
}).RunAsync();
return 0;
