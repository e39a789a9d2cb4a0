using System.Net;
using Minato.Core.Storage;
using Minato.Server.Accounts;
using Minato.Server.Nodes;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>Guesses that are made at several servers count together.</summary>
public sealed class GuessNewsTests(PostgresServer postgres)
{
    private const string Password = "correct horse";

    private static readonly IPAddress Somewhere = IPAddress.Parse("198.51.100.1"), Elsewhere = IPAddress.Parse("203.0.113.9");

    private readonly ManualTime _clock = new();
    private readonly Pseudonyms _pseudonyms = new(new byte[32]);

    [Fact]
    public void What_is_wrong_at_either_counts_at_both()
    {
        var (a, b) = (Node(), Node());
        for (var i = 0; i < 3; i++)
            Assert.Null(a.Limits.TryBegin(Login("ann", Somewhere)));
        for (var i = 0; i < 2; i++)
            Assert.Null(b.Limits.TryBegin(Login("ann", Elsewhere)));
        Exchange(a, b);
        foreach (var node in new[] { a, b })
        {
            Assert.NotNull(node.Limits.TryBegin(Login("ann", Somewhere)));
            Assert.Null(node.Limits.TryBegin(Login("ben", Somewhere)));
        }
        // What was heard is not told on, and what was told is not told again.
        Assert.Equal(4, Payloads(a).Concat(Payloads(b)).Sum(p => p.Split(' ').Length - 1));
    }

    [Fact]
    public void An_address_that_guesses_at_many_accounts_at_both_waits_at_both()
    {
        var (a, b) = (Node(), Node());
        for (var i = 0; i < GuessLimits.FreeOfAddress; i++)
            Assert.Null((i % 2 == 0 ? a : b).Limits.TryBegin(Login($"user-{i}", Somewhere)));
        Exchange(a, b);
        Assert.NotNull(a.Limits.TryBegin(Login("another", Somewhere)));
        Assert.NotNull(b.Limits.TryBegin(Login("another", Somewhere)));
        Assert.Null(b.Limits.TryBegin(Login("another", Elsewhere)));
    }

    [Fact]
    public void What_was_right_and_what_nobody_looked_at_counts_nowhere_whenever_that_is_known()
    {
        var (a, b) = (Node(), Node());
        for (var i = 0; i < GuessLimits.FreeOfAddress * 3; i++)
        {
            var guess = Login("ann", Somewhere);
            Assert.Null(a.Limits.TryBegin(guess));
            if (i % 3 == 0)
                Exchange(a, b);
            if (i % 2 == 0)
                a.Limits.Succeed(guess);
            else
                a.Limits.Undo(guess);
        }
        Exchange(a, b);
        Assert.Equal((0, 0), (a.Limits.Count, b.Limits.Count));
    }

    [Fact]
    public void Who_logs_in_at_one_is_forgiven_at_the_other_and_what_is_wrong_after_that_counts()
    {
        var (a, b) = (Node(), Node());
        for (var i = 0; i < 4; i++)
            b.Limits.TryBegin(Login("ann", Elsewhere));
        Exchange(a, b);
        var right = Login("ann", Somewhere);
        Assert.Null(a.Limits.TryBegin(right));
        a.Limits.Succeed(right);
        for (var i = 0; i < 2; i++)
            Assert.Null(a.Limits.TryBegin(Login("ann", Somewhere)));
        Exchange(a, b);
        for (var i = 0; i < 3; i++)
            Assert.Null(b.Limits.TryBegin(Login("ann", Elsewhere)));
        Assert.NotNull(b.Limits.TryBegin(Login("ann", Elsewhere)));
    }

    [Fact]
    public void However_much_is_guessed_little_is_told_and_nobody_is_named()
    {
        var a = Node();
        for (var i = 0; i < GuessNews.Max * 2; i++)
            a.Limits.TryBegin(Login($"user-{i}", IPAddress.Parse($"2001:db8:{i:x}::1")));
        var payloads = Payloads(a);
        Assert.Equal(GuessNews.Max, payloads.Sum(p => p.Split(' ').Length - 1));
        Assert.All(payloads, p => Assert.InRange(p.Length, 1, ICommitFeed.MaxWhisper));
        Assert.DoesNotContain(payloads, p => p.Contains("user", StringComparison.Ordinal) || p.Contains("2001", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("node =1:2", false)]
    [InlineData("node", false)]
    [InlineData("", false)]
    [InlineData("node #", true)]
    [InlineData("node #short+1", true)]
    [InlineData("node #AAAAAAAAAAAAAAAAAAAAAA!1", true)]
    [InlineData("node #AAAAAAAAAAAAAAAAAAAAAA+", true)]
    [InlineData("node #AAAAAAAAAAAAAAAAAAAAAA+99999999999", true)]
    public void What_another_version_says_is_passed_over(string payload, bool isOfGuesses)
    {
        var b = Node();
        Assert.Equal(isOfGuesses, b.News.TryHear(payload));
        Assert.Equal(0, b.Limits.Count);
    }

    [Fact]
    public async Task Wrong_passwords_at_two_servers_reach_the_limit_together()
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Accounts, rateLimits: true);
        using var nobodyA = new ApiClient(nodes.A.Url);
        using var nobodyB = new ApiClient(nodes.B.Url);
        (await nobodyA.PostAsync("/accounts", new { nick = "ann", password = Password, invitation = nodes.B.OwnerInvitation })).Is(201);
        // Nowhere too many, all at once, and together so many that one waits for longer than the rest of this takes.
        var each = Enumerable.Range(0, GuessLimits.FreeOfAccount - 1);
        var guesses = each.SelectMany(_ => new[] { LogInAsync(nobodyA, "ann", "wrong horse"), LogInAsync(nobodyB, "ann", "wrong horse") });
        foreach (var answer in await Task.WhenAll(guesses))
            answer.Refused(403, "wrong_login");
        // Told of in order: who knows of these knows of those.
        (await LogInAsync(nobodyA, "last-of-a", "wrong horse")).Refused(403, "wrong_login");
        (await LogInAsync(nobodyB, "last-of-b", "wrong horse")).Refused(403, "wrong_login");
        const int Counted = 5; // three names, the address, and the address once more as that of a new account
        foreach (var node in new[] { nodes.A, nodes.B })
            await Patience.Until(() => Task.FromResult(node.Guesses.Count == Counted), "both know of all guesses");
        foreach (var nobody in new[] { nobodyA, nobodyB })
            (await LogInAsync(nobody, "ann", Password)).Refused(429, "rate_limited");
    }

    private static Task<ApiAnswer> LogInAsync(ApiClient nobody, string nick, string password) => nobody.PostAsync("/logins", new { nick, password });

    private static Guess Login(string nick, IPAddress address) => Guess.Login(account: null, nick, address, device: null);

    private (GuessLimits Limits, GuessNews News) Node()
    {
        var news = new GuessNews();
        var limits = new GuessLimits(new MinatoOptions(), _clock, _pseudonyms, news);
        news.Heard = limits.Hear;
        return (limits, news);
    }

    private static List<string> Payloads((GuessLimits Limits, GuessNews News) node) => [.. node.News.Take("node")];

    private static void Exchange((GuessLimits Limits, GuessNews News) a, (GuessLimits Limits, GuessNews News) b)
    {
        var (ofA, ofB) = (Payloads(a), Payloads(b));
        Assert.All(ofA, p => Assert.True(b.News.TryHear(p)));
        Assert.All(ofB, p => Assert.True(a.News.TryHear(p)));
    }
}
