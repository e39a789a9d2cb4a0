using Minato.Tests.Kit;

namespace Minato.Client.Tests.Behaviour;

/// <summary>tests/behaviour: what every client of minato.v1 does when things go wrong, held against a real server.</summary>
public sealed class BehaviourTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] DotNet = [Path.Combine(AppContext.BaseDirectory, "Minato.Client.Tests"), "driver"];

    public static TheoryData<string> Names => [.. Scenario.Names];

    [Theory, MemberData(nameof(Names))]
    public Task The_dotnet_client(string scenario) => RunAsync(scenario, DotNet);

    [Theory, MemberData(nameof(Names))]
    public async Task The_browser_client(string scenario)
    {
        Need.Program("node");
        await RunAsync(scenario, await NodeDriver.CommandAsync());
    }

    /// <summary>The script is worth something only if it notices clients that do it wrong, and by what they then believe or say.</summary>
    [Theory]
    [InlineData("ok-lost", "new-cids")]
    [InlineData("fifty-sends-cut", "new-cids")]
    [InlineData("gap", "renumbers")]
    [InlineData("duplicate", "renumbers")]
    [InlineData("client-killed", "forgets-outbox")]
    [InlineData("client-killed-unanswered", "forgets-outbox")]
    [InlineData("partial", "skips-holes")]
    public async Task A_broken_client_is_caught(string scenario, string fault)
    {
        var caught = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(scenario, [.. DotNet, fault], TimeSpan.FromSeconds(3)));
        Assert.True(caught is Xunit.Sdk.XunitException || caught.Message.Contains("\"compare\"", StringComparison.Ordinal), caught.ToString());
    }

    /// <summary>Nor is it the breaking itself that is noticed.</summary>
    [Theory]
    [InlineData("ok-lost")]
    [InlineData("partial")]
    [InlineData("client-killed")]
    public Task A_client_that_is_broken_in_no_way_is_not(string scenario) => RunAsync(scenario, [.. DotNet, "in-no-way"]);

    private async Task RunAsync(string name, IReadOnlyList<string> driver, TimeSpan? comparePatience = null)
    {
        var scenario = Scenario.Read(name);
        await using var own = scenario.Server is { } options ? new ServerUnderTest(options) : null;
        if (own is not null)
            await own.StartAsync();
        await using var run = new ScenarioRun(scenario, own ?? shared.Server, driver) { ComparePatience = comparePatience ?? Patience.Long };
        await run.RunAsync();
    }
}

/// <summary>One server for the scenarios that do not need one of their own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal ServerUnderTest Server { get; } = new("--no-rate-limits");

    public async ValueTask InitializeAsync() => await Server.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
