namespace Minato.Sidecar.Tests;

public sealed class ProcTextTests
{
    private const string Row =
        "   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 34567 1 0000000000000000 100 0 0 10 0";

    [Theory]
    [InlineData("0100007F:1F90", "127.0.0.1:8080")]
    [InlineData("00000000:07E8", "0.0.0.0:2024")]
    [InlineData("0501A8C0:01BB", "192.168.1.5:443")]
    [InlineData("00000000000000000000000001000000:1F90", "[::1]:8080")]
    [InlineData("00000000000000000000000000000000:FFFF", "[::]:65535")]
    [InlineData("B80D0120000000000000000001000000:0050", "[2001:db8::1]:80")]
    [InlineData("0000000000000000FFFF00000100007F:0050", "[::ffff:127.0.0.1]:80")]
    public void A_listener_is_read(string local, string expected)
    {
        Assert.SkipUnless(BitConverter.IsLittleEndian, "The samples are of a little-endian machine.");
        Assert.True(TcpListenerRow.TryParse(Row.Replace("0100007F:1F90", local), out var row));
        Assert.Equal((expected, 1000u, 34567ul), (row.LocalEndPoint.ToString(), row.UserId, row.Inode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode")]
    [InlineData("   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000")]
    [InlineData("1: 0100007F:1F90 0100007F:0050 01 0:0 0:0 0 1000 0 34567 1")]
    [InlineData("1: 0100007F:1F90 00000000:0000 06 0:0 0:0 0 1000 0 34567 1")]
    [InlineData("1: 0100007F1F90 00000000:0000 0A 0:0 0:0 0 1000 0 34567 1")]
    [InlineData("1: 010000:1F90 00000000:0000 0A 0:0 0:0 0 1000 0 34567 1")]
    [InlineData("1: 0100007G:1F90 00000000:0000 0A 0:0 0:0 0 1000 0 34567 1")]
    [InlineData("1: 0100007F:11F90 00000000:0000 0A 0:0 0:0 0 1000 0 34567 1")]
    [InlineData("1: 0100007F: 00000000:0000 0A 0:0 0:0 0 1000 0 34567 1")]
    [InlineData("1: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 -1 0 34567 1")]
    [InlineData("1: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 1000 0 many 1")]
    public void Another_line_is_not_a_listener(string line) => Assert.False(TcpListenerRow.TryParse(line, out _));

    [Fact]
    public void A_link_to_a_socket_is_read()
    {
        Assert.True(SocketHolders.TryParseLink("socket:[577]", out var inode));
        Assert.Equal(577ul, inode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/dev/null")]
    [InlineData("pipe:[577]")]
    [InlineData("socket:[577")]
    [InlineData("socket:[")]
    [InlineData("socket:[]")]
    [InlineData("socket:[-1]")]
    public void Another_link_is_not_a_socket(string? target) => Assert.False(SocketHolders.TryParseLink(target, out _));

    [Theory]
    [InlineData("812 (node) S 1 812 812 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 11 0 98765 1 1", "node", false)]
    [InlineData("812 (a) b (c)) Z 1 812 812 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 11 0 98765 1 1", "a) b (c)", true)]
    [InlineData("812 () X 1 812 812 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 11 0 98765", "", true)]
    public void A_process_is_read_whatever_its_name_contains(string text, string name, bool ended)
    {
        Assert.True(ProcessStat.TryParse(text, out var stat));
        Assert.Equal(new ProcessStat(name, ended, 1, 812, 98765), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("812 node S 1")]
    [InlineData(")(")]
    [InlineData("812 (node) S 1 812 812 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 11 0")]
    [InlineData("812 (node) S 1 812 812 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 11 0 soon 1 1")]
    public void A_damaged_line_is_no_process(string text) => Assert.False(ProcessStat.TryParse(text, out _));

    [Fact]
    public void The_start_of_the_machine_is_read()
    {
        Assert.True(ProcessStat.TryParseBootTime(["cpu 1 2", "btime 1700000000", "processes 5"], out var boot));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), boot);
        Assert.False(ProcessStat.TryParseBootTime(["cpu 1 2", "btime soon"], out _));
        Assert.False(ProcessStat.TryParseBootTime([], out _));
    }

    [Theory]
    [InlineData("node", "/usr/bin/node", "node", "server.js", "node")]
    [InlineData("MainThread", "/usr/bin/node", "node", "server.js", "node")]
    [InlineData("python3", "/usr/bin/python3.11", "python3", "-m", "python3")]
    [InlineData("gunicorn", "/usr/bin/python3.11", "/usr/bin/python3", "/usr/bin/gunicorn", "gunicorn")]
    [InlineData("a-program-with-", "/opt/a-program-with-a-long-name", "x", "", "a-program-with-a-long-name")]
    [InlineData("node", "/usr/bin/node (deleted)", "node", "", "node")]
    [InlineData("worker", "/usr/bin/node (deleted)", "node", "", "node")]
    [InlineData("kworker", null, "", "", "kworker")]
    public void A_process_is_called_what_a_person_calls_it(string shortName, string? executable, string first, string second, string expected) =>
        Assert.Equal(expected, ProcessName.Choose(shortName, executable, [first, second]));
}
