namespace Minato.Tests.Kit;

/// <summary>How long a test waits for something that has to happen, and what it says when it does not.</summary>
internal static class Patience
{
    /// <summary>Long enough for a busy machine; what takes as long is broken.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static async Task<T> Within<T>(this Task<T> task, string what, TimeSpan? time = null)
    {
        try
        {
            return await task.WaitAsync(time ?? Long);
        }
        catch (TimeoutException e) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {(time ?? Long).TotalSeconds} s in vain for {what}.", e);
        }
    }

    public static async Task Within(this Task task, string what, TimeSpan? time = null)
    {
        try
        {
            await task.WaitAsync(time ?? Long);
        }
        catch (TimeoutException e) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {(time ?? Long).TotalSeconds} s in vain for {what}.", e);
        }
    }

    /// <summary>For what can only be looked at: the kernel's tables, a file of another process. Looks often, and names what never came.</summary>
    public static Task Until(Func<bool> isSo, string what, TimeSpan? time = null) => Until(() => Task.FromResult(isSo()), what, time);

    public static async Task Until(Func<Task<bool>> isSo, string what, TimeSpan? time = null)
    {
        using var timeout = new CancellationTokenSource(time ?? Long);
        while (!await isSo())
        {
            if (timeout.IsCancellationRequested)
                throw new TimeoutException($"Waited {(time ?? Long).TotalSeconds} s in vain until {what}.");
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
