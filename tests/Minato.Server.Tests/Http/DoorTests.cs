using System.Text.Json;

namespace Minato.Server.Tests.Http;

public sealed class DoorTests
{
    [Theory]
    [InlineData(Access.Guests, "guests")]
    [InlineData(Access.Accounts, "accounts")]
    [InlineData(Access.Token, "token")]
    public async Task Whoever_stands_before_the_door_reads_who_is_let_in_and_who_may_sign_up(Access access, string said)
    {
        await using var host = await ApiHost.StartAsync(access, access == Access.Token ? "launch" : null);
        Assert.Equal((said, "invitation"), await ReadAsync(host));
    }

    [Fact]
    public async Task The_store_is_asked_once_a_second_however_many_read_it()
    {
        await using var host = await AccountsHost.StartAsync();
        Assert.Equal(("accounts", "invitation"), await ReadAsync(host.Api));
        (await host.Owner.PatchAsync("/settings", new { signup = "open" })).Is(200);
        Assert.Equal(("accounts", "invitation"), await ReadAsync(host.Api));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("accounts", "open"), await ReadAsync(host.Api));
    }

    [Fact]
    public async Task What_one_is_on_the_server_stands_with_oneself()
    {
        await using var host = await AccountsHost.StartAsync();
        using var ann = await host.PersonAsync("ann");
        Assert.Equal("owner", await RoleAsync(host.Owner));
        Assert.Equal("member", await RoleAsync(ann));
        await using var open = await ApiHost.StartAsync();
        using var guest = await open.GuestAsync("gus");
        Assert.Null(await RoleAsync(guest));
    }

    private static async Task<string?> RoleAsync(ApiClient client) =>
        (await client.GetAsync("/me")).Is(200).Body.GetProperty("you").TryGetProperty("role", out var role) ? role.GetString() : null;

    private static async Task<(string? Access, string? SignUp)> ReadAsync(ApiHost host)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{host.Url}/door"), TestContext.Current.CancellationToken);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var sign = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return (sign.GetProperty("access").GetString(), sign.GetProperty("signup").GetString());
    }
}
