namespace Minato.Sidecar.Tests;

public sealed class ReadyProbeTests
{
    [Theory]
    [InlineData("tcp", typeof(TcpProbe))]
    [InlineData("notify", typeof(NotifyProbe))]
    [InlineData("http", typeof(HttpProbe))]
    [InlineData("http:/health?deep=1", typeof(HttpProbe))]
    [InlineData("file", typeof(FileProbe))]
    [InlineData("file:/tmp/a:b", typeof(FileProbe))]
    [InlineData("line:port: (?<port>\\d+)", typeof(LineProbe))]
    public void A_probe_is_read(string text, Type kind) => Assert.IsType(kind, ReadyProbe.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("tcp:80")]
    [InlineData("http:health")]
    [InlineData("http:/a b")]
    [InlineData("file:")]
    [InlineData("line:")]
    [InlineData("line:(")]
    [InlineData("line:(?<=a)b")]
    [InlineData("Tcp")]
    [InlineData("sleep:5")]
    public void What_is_no_probe_is_refused_with_the_forms_there_are(string text)
    {
        var e = Assert.Throws<FormatException>(() => ReadyProbe.Parse(text));
        Assert.StartsWith($"\"{text}\" is not a probe: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("line:REGEX, file, file:PATH, http, http:/PATH, tcp, notify or none", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8080", 8080, null)]
    [InlineData("0", null, null)]
    [InlineData("http://127.0.0.1:8080/", null, "http://127.0.0.1:8080/")]
    [InlineData("{\"port\":8080}", 8080, null)]
    [InlineData("{\"url\":\"http://127.0.0.1:1\",\"port\":8080}", null, "http://127.0.0.1:1")]
    [InlineData("{\"port\":\"8080\"}", null, null)]
    [InlineData("{}", null, null)]
    [InlineData("ready", null, null)]
    public void A_ready_file_is_a_port_a_URL_or_JSON_with_one(string text, int? port, string? url) =>
        Assert.Equal(new ReadyProbe.Sign(port, url), FileProbe.ReadContent(text) ?? default);

    [Fact]
    public void A_ready_file_that_is_half_written_is_none_yet() => Assert.Null(FileProbe.ReadContent("{\"port\":80"));

    [Theory]
    [InlineData("{port}", "8080")]
    [InlineData("--at={host}:{port}", "--at=127.0.0.1:8080")]
    [InlineData("{{port}}", "{port}")]
    [InlineData("{{port}}{port}", "{port}8080")]
    [InlineData("{other} {} {{x}}", "{other} {} {{x}}")]
    public void Placeholders_are_filled_in(string text, string expected) =>
        Assert.Equal(expected, CommandTemplate.Fill(text, new Dictionary<string, string?> { ["port"] = "8080", ["host"] = "127.0.0.1" }));
}
