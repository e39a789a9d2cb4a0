using Minato.Server.Accounts;

namespace Minato.Server.Tests.Accounts;

public sealed class PasswordHashingTests
{
    [Fact]
    public async Task A_password_is_right_and_every_other_is_wrong()
    {
        using var hashing = new PasswordHashing(1_000);
        var hash = await hashing.HashAsync("correct horse");
        Assert.Equal(PasswordCheck.Right, await hashing.VerifyAsync(hash, "correct horse"));
        Assert.Equal(PasswordCheck.Wrong, await hashing.VerifyAsync(hash, "Correct horse"));
        Assert.NotEqual(hash, await hashing.HashAsync("correct horse"));
    }

    [Fact]
    public async Task Nobody_s_password_is_wrong_at_the_same_cost()
    {
        using var hashing = new PasswordHashing(1_000);
        foreach (var password in new[] { "", "correct horse", new string('x', 1024) })
            Assert.Equal(PasswordCheck.Wrong, await hashing.VerifyAsync(null, password));
    }

    /// <summary>The hasher would say that it is wrong at once if it did not understand what stands for nobody's.</summary>
    [Fact]
    public async Task What_stands_for_nobody_s_is_a_hash_like_any_other()
    {
        using var hashing = new PasswordHashing(1_000);
        Assert.Equal(Shape((await hashing.HashAsync("x"))!.Split(' ')[0]), Shape(hashing.Nobodys));

        static string Shape(string hash) => Convert.ToHexString(Convert.FromBase64String(hash).AsSpan(0, 13)) + hash.Length;
    }

    [Fact]
    public async Task A_hash_of_a_lower_cost_is_right_and_to_be_made_anew()
    {
        using var old = new PasswordHashing(1_000);
        using var today = new PasswordHashing(2_000);
        var hash = await old.HashAsync("correct horse");
        Assert.Equal(PasswordCheck.RightAndOld, await today.VerifyAsync(hash, "correct horse"));
        Assert.Equal(PasswordCheck.Right, await today.VerifyAsync(await today.HashAsync("correct horse"), "correct horse"));
    }

    /// <summary>As those that were made before there was a second part are.</summary>
    [Fact]
    public async Task A_hash_without_what_SCRAM_needs_is_right_and_to_be_made_anew()
    {
        using var hashing = new PasswordHashing(1_000);
        var old = (await hashing.HashAsync("correct horse"))!.Split(' ')[0];
        Assert.Equal(PasswordCheck.RightAndOld, await hashing.VerifyAsync(old, "correct horse"));
        Assert.Equal(PasswordCheck.Wrong, await hashing.VerifyAsync(old, "another horse"));
        Assert.Null(PasswordHashing.ScramOf(old));
    }

    [Fact]
    public void The_cost_is_what_OWASP_asks_for_of_each_of_the_two()
    {
        var iterations = new MinatoOptions().PasswordIterations;
        Assert.True(iterations >= 210_000);
        using var hashing = new PasswordHashing(iterations);
        Assert.True(hashing.ScramIterations >= 600_000);
    }

    [Fact]
    public async Task More_than_64_that_wait_are_told_that_the_server_is_busy()
    {
        using var hashing = new PasswordHashing(1_000);
        using var mayEnd = new ManualResetEventSlim();
        var all = Enumerable.Range(0, 80).Select(_ => hashing.RunAsync(Wait)).ToList();
        // Who is told so is told at once, whatever the others wait for.
        Assert.Equal(16, all.Count(c => c.IsCompletedSuccessfully && c.Result is null));
        Assert.Equal(PasswordCheck.Busy, await hashing.VerifyAsync(null, "x"));
        Assert.Null(await hashing.HashAsync("x"));
        mayEnd.Set();
        Assert.Equal(64, (await Task.WhenAll(all)).Count(c => c is not null));
        Assert.Equal(PasswordCheck.Wrong, await hashing.VerifyAsync(null, "x"));

        object Wait()
        {
            mayEnd.Wait();
            return this;
        }
    }
}
