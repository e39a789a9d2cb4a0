// A bot that answers "!remind 10 tea" in ten seconds. Start Minato, then:  dotnet run --project examples/dotnet-bot [URL]
// Kill it, or the server, whenever you like: a reminder that was due is sent once, and what was asked meanwhile is read on return.
// Reminders that were not due are forgotten with the process: it is an example, and keeps none of its own.
using Minato.Client;
using Minato.Wire.WebSocket.Frames;

var server = new Uri(args.FirstOrDefault() ?? "http://127.0.0.1:8080");
var memory = Path.Combine(Path.GetTempPath(), "minato-dotnet-bot.state");
await using var client = MinatoClient.Create(server, new ClientOptions { Name = "dotnet-bot/1", Store = new FileClientStore(memory) });

try
{
    await client.ConnectAsync();
    var you = await client.RenameAsync("reminder");
    Console.WriteLine($"{you.Nick} is at {server}.");
    await foreach (var update in client.ReadAsync())
        if (update is Happened { Event: PostEvent { Body: { } body } post } && post.From.Id != client.You?.Id
            && body.Split(' ', 3) is ["!remind", var seconds, var what] && int.TryParse(seconds, out var wait) && wait is > 0 and <= 86_400)
            _ = RemindAsync(post, TimeSpan.FromSeconds(wait), what);
    return 0;
}
catch (Exception e) when (e is ConnectException or LoginRequiredException or RefusedException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

async Task RemindAsync(PostEvent asked, TimeSpan wait, string what)
{
    await Task.Delay(wait);
    try
    {
        await client.ReplyAsync(asked.Room, asked.Seq, $"@{asked.From.Nick} {what}");
    }
    catch (Exception e) when (e is RefusedException or OutboxFullException)
    {
        Console.Error.WriteLine(e.Message);
    }
}
