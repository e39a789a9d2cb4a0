using System.Text;
using Minato.Wire.Http;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.Http;

public sealed class PasskeyRequestTests
{
    [Fact]
    public void What_a_browser_has_written_is_handed_on_as_it_stands_there()
    {
        const string Credential = """{"id":"A", "response":{"clientDataJSON":"\u0041","n":[1,{"x":null}]}}""";
        var frame = Read("add_passkey", "{\"name\":\"鍵\",\"credential\":" + Credential + ",\"ceremony\":\"C\",\"unknown\":{\"credential\":1}}", out _);
        Assert.Equal(new AddPasskeyFrame("C", Credential, "鍵"), frame);
        Assert.Equal(new PasskeyLogInFrame("C", "{}", "phone", Cookie: true), Read("passkey_login", """{"credential":{},"ceremony":"C","device":"phone","cookie":true}""", out _));
    }

    [Theory]
    [InlineData("""{"ceremony":"C"}""", "\"credential\" is missing.")]
    [InlineData("""{"credential":{}}""", "\"ceremony\" is missing.")]
    [InlineData("""{"ceremony":"C","credential":"{}"}""", "\"credential\" is not an object.")]
    [InlineData("""{"ceremony":"C","credential":[]}""", "\"credential\" is not an object.")]
    [InlineData("""{"ceremony":"C","credential":null}""", "\"credential\" is not an object.")]
    [InlineData("""{"ceremony":"C","credential":{},"credential":{}}""", "\"credential\" is there twice.")]
    [InlineData("""{"ceremony":1,"credential":{}}""", "\"ceremony\" is not a string.")]
    public void What_is_not_of_the_right_shape_is_named(string body, string expected)
    {
        Assert.Null(Read("passkey_login", body, out var problem));
        Assert.Equal(expected, problem!.Message);
    }

    [Fact]
    public void A_body_cut_off_anywhere_is_no_request()
    {
        var whole = Encoding.UTF8.GetBytes("""{"ceremony":"C","credential":{"id":"港","response":{"a":[1,2,"\u6e2f"]}},"cookie":false}""");
        for (var cut = 1; cut < whole.Length; cut++)
        {
            Assert.Null(RequestReader.Read("passkey_login", isMutation: false, on: null, [], whole.AsSpan(0, cut), out var problem));
            Assert.NotNull(problem);
        }
        Assert.NotNull(RequestReader.Read("passkey_login", isMutation: false, on: null, [], whole, out _));
    }

    [Theory]
    [InlineData("current", true)]
    [InlineData(null, false)]
    public void All_sessions_end_or_all_but_this_one(string? keep, bool keeps) => Assert.Equal(
        new EndSessionsFrame(null, IsCurrent: false, keeps), Read("end_sessions", "", out _, keep is null ? [] : [("keep", keep)]));

    [Fact]
    public void Who_wants_another_kept_is_told_that_it_cannot_be()
    {
        Assert.Null(Read("end_sessions", "", out var problem, ("keep", "other")));
        Assert.Equal("\"keep\" is current.", problem!.Message);
    }

    private static ClientFrame? Read(string op, string body, out FrameProblem? problem, params IEnumerable<(string, string)> given) =>
        RequestReader.Read(op, isMutation: false, on: null, given, Encoding.UTF8.GetBytes(body), out problem);
}
