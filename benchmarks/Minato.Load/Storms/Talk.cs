namespace Minato.Load.Storms;

internal static class Talk
{
    /// <summary>One after the other says something, whether the one before was heard or not.</summary>
    internal static async Task RunAsync(IReadOnlyList<Member> people, double perSecond, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        for (var i = 0; !stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None); i++)
            await people[i % people.Count].PostAsync();
    }
}
