using System.Net;

namespace Minato.Sidecar.Tests;

public sealed class WithoutIPv6Tests
{
    [Fact]
    public async Task Localhost_is_the_ipv4_address_alone_when_dotnet_is_told_that_there_is_no_ipv6()
    {
        using var child = Child.Start("env", "DOTNET_SYSTEM_NET_DISABLEIPV6=1", Program.Executable, "child", "bind", "localhost:0");
        Assert.Equal(IPAddress.Loopback, IPEndPoint.Parse(await child.ReadLine()).Address);
    }

    [Theory]
    [InlineData("localhost:0", @"^127\.0\.0\.1:\d+$")]
    [InlineData("127.0.0.1:0", @"^127\.0\.0\.1:\d+$")]
    [InlineData("[::1]:0", @"^\[::1\] is not an address of this machine, or IPv6 is off\.")]
    public async Task An_address_is_bound_or_refused_in_a_sentence_when_the_kernel_switched_ipv6_off(string address, string expected)
    {
        Assert.SkipUnless(Libc.EffectiveUser() == 0, "Only root can make a network namespace without more ado.");
        const string InANetworkOfItsOwn = "ip link set lo up && echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 && exec \"$@\"";
        using var child = Child.Start(
            "unshare", "--net", "sh", "-c", InANetworkOfItsOwn, "sh", Program.Executable, "child", "bind", address);
        Assert.Matches(expected, await child.ReadLine());
    }
}
