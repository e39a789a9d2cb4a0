using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Minato.LoadSamples;

/// <summary>A chat on SignalR: groups are rooms. JSON is the protocol, as it is by default.</summary>
internal sealed class ChatHub : Hub
{
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<ChatHub>("/chat");
        return app;
    }

    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    public Task Post(string room, string text) => Clients.Group(room).SendAsync("m", text);
}
