namespace Minato.Sidecar.Tests;

public sealed class ProcessHandleTests
{
    [Fact]
    public void A_handle_that_was_disposed_of_signals_nobody_not_even_who_has_its_number_now()
    {
        using var one = Child.Start("sleep", "1000");
        using var other = Child.Start("sleep", "1000");
        Assert.True(ProcessHandle.TryOpen(one.Pid, out var disposed));
        disposed!.Dispose();
        // The lowest number that is free, which is the one that was just let go of.
        Assert.True(ProcessHandle.TryOpen(other.Pid, out var next));
        using (next)
        {
            Assert.False(disposed.Signal(9));
            Assert.True(next!.Signal(9));
        }
    }
}
