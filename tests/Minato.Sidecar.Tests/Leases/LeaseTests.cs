using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar.Tests;

public sealed class LeaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minato-leases-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_two_leases_are_on_one_port()
    {
        var leases = Enumerable.Range(0, 500).Select(_ => Port.Reserve()).ToList();
        Assert.Equal(500, leases.Select(l => l.Port).Distinct().Count());
        Assert.All(leases, l => Assert.False(BadPorts.Contains(l.Port)));
        leases.ForEach(l => l.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lock_is_had_by_one_at_a_time_and_by_the_next_one_afterwards(bool asOnLinux)
    {
        ILeaseLocks Open() => asOnLinux ? new RangeLocks(Path.Combine(_folder, "leases")) : new FileLocks(_folder);
        var (one, other) = (Open(), Open());
        Assert.True(one.TryLock(20000));
        Assert.False(one.TryLock(20000));
        Assert.False(other.TryLock(20000));
        Assert.True(other.TryLock(20001));
        one.Unlock(20000);
        Assert.True(other.TryLock(20000));
    }

    [Fact]
    public async Task A_lease_ends_with_its_process_however_that_ends()
    {
        using var child = Child.Start(Program.Executable, "child", "lease");
        var port = await child.ReadNumber();
        Assert.NotEqual(port, Leased(port));
        child.Kill();
        await child.WaitForExit();
        Assert.Equal(port, Leased(port));
    }

    [Fact]
    public async Task Processes_that_lease_at_once_have_no_port_in_common()
    {
        var children = Enumerable.Range(0, 8).Select(_ => Child.Start(Program.Executable, "child", "lease-many", "100")).ToList();
        try
        {
            var lines = await Task.WhenAll(children.Select(c => c.ReadLine()));
            var ports = lines.SelectMany(l => l.Split(' ')).ToList();
            Assert.Equal(800, ports.Count);
            Assert.Equal(800, ports.Distinct().Count());
        }
        finally
        {
            children.ForEach(c => c.Dispose());
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("0.0.0.0")]
    public void A_port_that_somebody_listens_on_is_not_leased_on_whatever_address(string address)
    {
        using var free = Port.Reserve();
        var port = free.Port;
        free.Dispose();
        using var taken = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        taken.Listen();
        Assert.NotEqual(port, Leased(port));
        var refused = Assert.Throws<PortInUseException>(() => Port.Reserve(new PortLeaseOptions { Preferred = port, Strict = true }));
        Assert.Contains($"Port {port} is in use by Minato.Sidecar.Tests (pid {Environment.ProcessId})", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_privileged_port_is_called_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start").Trim() == "1024", "Nothing is privileged here.");
        var refused = Capabilities.Without(() => Record.Exception(() => Port.Reserve(new PortLeaseOptions { Preferred = 81, Strict = true })));
        Assert.Contains("Port 81 needs a privilege", Assert.IsType<PortForbiddenException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_bound_without_listening_is_not_leased()
    {
        using var taken = PortGuard.TryTake(0)!;
        Assert.NotEqual(taken.Port, Leased(taken.Port));
    }

    [Fact]
    public void A_key_has_the_same_port_each_time_and_no_other_key_has_it()
    {
        var office = Office();
        var mail = Lease(office, "mail");
        Assert.Equal(mail, Lease(office, "mail"));
        // What is remembered outlives the process.
        Assert.Equal(mail, Lease(Office(), "mail"));
        var others = Enumerable.Range(0, 50).Select(i => Lease(office, $"other {i}")).ToList();
        Assert.DoesNotContain(mail, others);
        Assert.Equal(50, others.Distinct().Count());
    }

    [Fact]
    public void A_second_instance_of_a_key_gets_a_port_that_is_no_keys()
    {
        var office = Office();
        using var first = office.Lease(new PortLeaseOptions { StickyKey = "app" });
        var other = Lease(office, "other");
        using var second = office.Lease(new PortLeaseOptions { StickyKey = "app" });
        Assert.DoesNotContain(second.Port, new[] { first.Port, other });
        Assert.Throws<PortInUseException>(() => office.Lease(new PortLeaseOptions { StickyKey = "app", Strict = true }));
    }

    [Fact]
    public void A_damaged_memory_of_keys_costs_a_key_its_port_and_nothing_else()
    {
        var office = Office();
        var mail = Lease(office, "mail");
        var lines = File.ReadAllText(Path.Combine(_folder, "sticky"));
        File.WriteAllText(Path.Combine(_folder, "sticky"), "\0\0garbage\n99999999999 huge\n" + lines + "20000");
        Assert.Equal(mail, Lease(Office(), "mail"));
        Assert.Equal(Lease(office, "new"), Lease(Office(), "new"));
    }

    [Fact]
    public void The_memory_of_keys_is_replaced_as_a_whole()
    {
        Lease(Office(), "mail");
        var before = File.ReadAllText(Path.Combine(_folder, "sticky"));
        using var old = new StreamReader(new FileStream(Path.Combine(_folder, "sticky"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        Lease(Office(), "other");
        Assert.Equal(before, old.ReadToEnd());
        Assert.NotEqual(before, File.ReadAllText(Path.Combine(_folder, "sticky")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("line\nbreak")]
    public void A_key_is_a_line_of_text(string key) => Assert.Throws<ArgumentException>(() => Lease(Office(), key));

    [Theory]
    [InlineData("32768\t60999\n", 16384, 29999)]
    [InlineData("49152 65535", 16384, 29999)]
    [InlineData("10000 65535", 1024, 9999)]
    [InlineData("1024 40000", 40001, 65535)]
    [InlineData("1024 65535", 16384, 29999)]
    [InlineData("nonsense", 16384, 29999)]
    public void Leases_lie_beside_what_the_system_gives_away(string ephemeral, int first, int last) =>
        Assert.Equal(new LeaseRange(first, last), LeaseRange.Beside(ephemeral));

    [Fact]
    public void A_range_is_walked_through_whole()
    {
        var range = new LeaseRange(2000, 2999);
        Assert.Equal(Enumerable.Range(2000, 1000), range.From(123).Order());
    }

    [Fact]
    public void A_full_range_is_an_error_that_says_so()
    {
        var port = Leased(0);
        var one = Office() with { Range = new LeaseRange(port, port) };
        using var lease = one.Lease(new PortLeaseOptions());
        Assert.Throws<NoFreePortException>(() => one.Lease(new PortLeaseOptions()));
    }

    [Fact]
    public void A_number_alone_is_free_at_this_moment() => Assert.True(SocketFacts.IsFree(IPAddress.Loopback, Port.GetFree()));

    private LeaseOffice Office() => new(
        new RangeLocks(Path.Combine(_folder, "leases")), new StickyPorts(() => Path.Combine(_folder, "sticky")), LeaseRange.Default);

    private static int Lease(LeaseOffice office, string key)
    {
        using var lease = office.Lease(new PortLeaseOptions { StickyKey = key });
        return lease.Port;
    }

    /// <summary>The port that is leased to who prefers this one.</summary>
    private static int Leased(int preferred)
    {
        using var lease = Port.Reserve(new PortLeaseOptions { Preferred = preferred == 0 ? null : preferred });
        return lease.Port;
    }
}
