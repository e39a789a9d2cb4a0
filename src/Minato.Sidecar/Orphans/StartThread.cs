using System.Collections.Concurrent;

namespace Minato.Sidecar;

/// <summary>
/// The one thread that starts children, as long as this process lives: the signal that a child asks for at its parent's death
/// (PR_SET_PDEATHSIG, https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html) comes when the thread ends that started it.
/// </summary>
internal static class StartThread
{
    private static readonly BlockingCollection<Action> s_work = [];

    static StartThread() => new Thread(() =>
    {
        foreach (var work in s_work.GetConsumingEnumerable())
            work();
    })
    { IsBackground = true, Name = "starts children" }.Start();

    /// <summary>Runs it there, and waits for it: milliseconds.</summary>
    internal static T Run<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>();
        s_work.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }
}
