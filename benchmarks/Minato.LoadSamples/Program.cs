using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Minato.LoadSamples;

// The chats that ASP.NET's own documentation leads to, to be measured beside Minato.
if (args is not ["signalr" or "websocket", var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var port))
{
    Console.Error.WriteLine("usage: Minato.LoadSamples signalr|websocket PORT");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
await (args[0] == "signalr" ? ChatHub.Build(builder) : SocketChat.Build(builder)).RunAsync();
return 0;
