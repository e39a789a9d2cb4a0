using System.Net;
using System.Net.Sockets;
using Minato.Tests.Kit;

namespace Minato.Sidecar.Tests;

public sealed class ReadyUrlTests
{
    private const string Url = "http://127.0.0.1:49152";
    private readonly ReadyUrl _ready = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Two_hundred_parallel_waiters_get_the_same_url()
    {
        var waiters = await StartWaiters(200);
        Assert.All(waiters, w => Assert.False(w.IsCompleted));

        _ready.Set(Url);

        var answers = await Task.WhenAll(waiters).WaitAsync(Patience);
        Assert.Equal(Enumerable.Repeat(Url, 200), answers);
        Assert.Equal(Url, await Wait());
    }

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:")]
    [InlineData("0.0.0.0", "http://127.0.0.1:")]
    [InlineData("::1", "http://[::1]:")]
    [InlineData("::", "http://[::1]:")]
    public async Task Any_listener_says_where_it_is(string address, string expected)
    {
        var waiter = Wait();
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        Assert.Throws<ArgumentException>(() => _ready.Set(listener.LocalEndpoint));
        listener.Start();
        _ready.Set(listener.LocalEndpoint);
        Assert.Equal(expected + ((IPEndPoint)listener.LocalEndpoint).Port, await waiter);
    }

    [Fact]
    public async Task Two_hundred_parallel_waiters_get_the_same_error()
    {
        var waiters = await StartWaiters(200);
        var error = new InvalidOperationException("The server ended with exit code 3.");

        _ready.Fail(error);

        foreach (var waiter in waiters)
            Assert.Same(error, await Assert.ThrowsAsync<InvalidOperationException>(() => waiter.WaitAsync(Patience)));
        Assert.Same(error, await Assert.ThrowsAsync<InvalidOperationException>(() => Wait()));
    }

    [Fact]
    public async Task Silence_ends_in_a_timeout_that_says_how_long_was_waited()
    {
        var waiters = await StartWaiters(3);

        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.All(waiters, w => Assert.False(w.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        foreach (var waiter in waiters)
        {
            var error = await Assert.ThrowsAsync<TimeoutException>(() => waiter.WaitAsync(Patience));
            Assert.Equal("Server start timeout: no address was reported within 5 s.", error.Message);
        }
    }

    [Fact]
    public async Task A_url_that_comes_after_a_timeout_still_answers_new_waiters()
    {
        var late = Wait();
        _time.Advance(ReadyUrl.DefaultTimeout);
        await Assert.ThrowsAsync<TimeoutException>(() => late);

        _ready.Set(Url);

        Assert.Equal(Url, await Wait());
    }

    [Fact]
    public async Task A_reported_error_that_is_a_timeout_keeps_its_own_words()
    {
        _ready.Fail(new TimeoutException("The database did not answer."));

        var error = await Assert.ThrowsAsync<TimeoutException>(() => Wait());
        Assert.Equal("The database did not answer.", error.Message);
    }

    [Fact]
    public async Task Cancelling_one_waiter_leaves_the_others()
    {
        using var cancel = new CancellationTokenSource();
        var leaving = Wait(cancel.Token);
        var staying = Wait();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(Patience));
        Assert.False(staying.IsCompleted);
        _ready.Set(Url);

        Assert.Equal(Url, await staying.WaitAsync(Patience));
    }

    [Fact]
    public async Task The_first_answer_stands()
    {
        _ready.Set(Url);
        _ready.Set("http://127.0.0.1:1");
        _ready.Fail(new InvalidOperationException("too late"));

        Assert.Equal(Url, await Wait());
    }

    [Fact]
    public void What_is_no_absolute_url_is_refused() =>
        Assert.Contains("not an absolute URL", Assert.Throws<ArgumentException>(() => _ready.Set("8080")).Message);

    private static TimeSpan Patience => Child.Patience;

    private Task<string> Wait(CancellationToken cancel = default) => _ready.GetAsync(ReadyUrl.DefaultTimeout, _time, cancel);

    // Each wait begins on a pool thread, several at once; on return all of them wait.
    private async Task<Task<string>[]> StartWaiters(int count)
    {
        var waiters = new Task<string>[count];
        await Task.Run(() => Parallel.For(0, count, i => waiters[i] = Wait()));
        return waiters;
    }
}
