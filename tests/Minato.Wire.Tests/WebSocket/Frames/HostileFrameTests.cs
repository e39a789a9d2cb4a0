using System.Text;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>JSON that is made to be misread: each is refused as <c>bad_frame</c>, or passed over as a whole.</summary>
public sealed class HostileFrameTests
{
    /// <summary>The most that a message may have.</summary>
    private const int Most = 64 * 1024;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"ping\"")]
    [InlineData("[]")]
    [InlineData("""[{"op":"ping"}]""")]
    [InlineData("\uFEFF{\"op\":\"ping\"}")]
    [InlineData("""{"op":"ping"}{"op":"ping"}""")]
    [InlineData("""{"op":"ping"}x""")]
    [InlineData("""{"op":"ping"},""")]
    [InlineData("{\"op\":\"ping\"}\0")]
    [InlineData("""{"op":"ping",}""")]
    [InlineData("""{"op":"ping"/* */}""")]
    [InlineData("""{'op':'ping'}""")]
    [InlineData("""{op:"ping"}""")]
    [InlineData("""{"op":"pi""" + "\n" + """ng"}""")]
    [InlineData("""{"op":"ping","a":01}""")]
    [InlineData("""{"op":"ping","a":+1}""")]
    [InlineData("""{"op":"ping","a":.5}""")]
    [InlineData("""{"op":"ping","a":NaN}""")]
    [InlineData("""{"op":"ping","a":"\x41"}""")]
    [InlineData("""{"op":"ping","a":tru}""")]
    [InlineData("""{"op":null}""")]
    [InlineData("""{"op":["ping"]}""")]
    [InlineData("""{"op":{"ping":1}}""")]
    [InlineData("""{"op":true}""")]
    [InlineData("""{"OP":"ping"}""")]
    public void What_is_not_one_JSON_object_with_an_op_is_refused(string text) => AssertRefused(text);

    [Theory]
    [InlineData("""{"op":"ping","op":"ping"}""")]
    [InlineData("""{"op":"send","\u006fp":"ping","cid":"c1"}""")]
    [InlineData("""{"op":"read","room":"#a","room":"#b","seq":1}""")]
    [InlineData("""{"op":"read","room":"#a","seq":1,"seq":1}""")]
    [InlineData("""{"op":"archive","cid":"c","room":"#a","on":true,"on":false}""")]
    [InlineData("""{"op":"send","cid":"c","room":"#a","body":"x","bod\u0079":"y"}""")]
    [InlineData("""{"op":"who","room":"#a","after":1,"after":"0197a3c0-0000-7000-8000-0000000000b2"}""")]
    [InlineData("""{"op":"hello","ver":1,"want":["typing"],"want":[]}""")]
    [InlineData("""{"op":"hello","ver":1,"auth":{"session":"a"},"auth":{"token":"b"}}""")]
    [InlineData("""{"op":"hello","ver":1,"auth":{"token":"a","token":"a"}}""")]
    [InlineData("""{"op":"hello","ver":1,"resume":{},"resume":{"rooms":{"a":1}}}""")]
    [InlineData("""{"op":"hello","ver":1,"resume":{"rooms":{"a":1},"rooms":{"b":1}}}""")]
    [InlineData("""{"op":"hello","ver":1,"resume":{"rooms":{"a":1,"\u0061":2}}}""")]
    public void A_field_that_is_there_twice_is_refused_however_it_is_written(string text) => AssertRefused(text);

    [Theory]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("1.0")]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("1E+2")]
    [InlineData("0e0")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("9007199254740992")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999999999999999999999999999")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void A_number_is_a_whole_one_that_every_reader_holds_exactly(string number)
    {
        AssertRefused($$"""{"op":"read","room":"#a","seq":{{number}}}""");
        AssertRefused("""{"op":"hello","ver":1,"resume":{"rooms":{"#a":NUMBER}}}""".Replace("NUMBER", number));
        Assert.IsType<PingFrame>(Read($$"""{"op":"ping","whatever":{{number}}}"""));
    }

    [Fact]
    public void The_largest_number_is_read() =>
        Assert.Equal(9007199254740991, Assert.IsType<ReadFrame>(Read("""{"op":"read","room":"#a","seq":9007199254740991}""")).Seq);

    [Theory]
    [InlineData("""{"op":"topic","cid":"c1","room":"#a","topic":"\ud800"}""")]
    [InlineData("""{"op":"topic","cid":"c1","room":"#a","topic":"\udc00\ud800"}""")]
    [InlineData("""{"op":"topic","cid":"c1","room":"#a","topic":"\ud83d x"}""")]
    [InlineData("""{"op":"send","cid":"c1","room":"#a","body":"\ud83d\ud83d\ude00"}""")]
    [InlineData("""{"op":"ping","\ud800":1,"cid":"c1"}""")]
    [InlineData("""{"op":"ping","a name that is longer than any that is known, with half a pair: \ud800":1}""")]
    public void Half_a_surrogate_pair_is_refused(string text) => AssertRefused(text);

    [Fact]
    public void NUL_arrives_as_what_it_is_and_is_the_values_own_matter()
    {
        Assert.Equal([0x61, 0, 0x62], Assert.IsType<SendFrame>(Read("""{"op":"send","cid":"c1","room":"#a","body":"a\u0000b"}""")).Body.ToArray());
        AssertRefused("{\"op\":\"send\",\"cid\":\"c1\",\"room\":\"#a\",\"body\":\"a\0b\"}");
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(1_000, false)]
    public void What_is_passed_over_is_nested_at_most_32_deep_with_the_frame_itself(int deep, bool isRead)
    {
        var text = $$"""{"op":"ping","deep":{{new string('[', deep)}}{{new string(']', deep)}}}""";
        Assert.Equal(isRead, Read(text) is PingFrame);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('"')]
    [InlineData('\\')]
    [InlineData(' ')]
    [InlineData('1')]
    [InlineData('-')]
    [InlineData(',')]
    [InlineData('\uFEFF')]
    public void A_whole_message_of_one_character_is_refused_in_a_short_sentence(char character)
    {
        var problem = AssertRefused(new string(character, Most / Encoding.UTF8.GetByteCount([character])));
        Assert.InRange(problem.Message.Length, 1, 300);
        problem = AssertRefused("{\"op\":" + new string(character, (Most / Encoding.UTF8.GetByteCount([character])) - 10));
        Assert.InRange(problem.Message.Length, 1, 300);
    }

    [Fact]
    public void Nothing_long_comes_back_in_the_sentence()
    {
        var name = new string('x', Most - 100);
        foreach (var text in new[]
        {
            $$"""{"op":"{{name}}"}""", """{"op":"hello","ver":1,"resume":{"rooms":{"NAME":-1}}}""".Replace("NAME", name), $$"""{"op":"role","cid":"{{name}}","role":1}""",
            $$"""{"op":"ping","{{name}}":tru}""", $$"""{"op":"read","room":"{{name}}","seq":1}""",
        })
        {
            Assert.Null(ClientFrameReader.Read(Bytes.Utf8(text), out var problem));
            Assert.InRange(problem!.Message.Length, 1, 300);
            Assert.Null(problem.Cid);
        }
    }

    [Fact]
    public void Ten_thousand_unknown_fields_cost_no_memory()
    {
        var text = Bytes.Utf8($$"""{"op":"ping",{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"{i:x4}\":1"))}}}""");
        var one = Allocated(Bytes.Utf8("""{"op":"ping"}"""));
        Assert.InRange(Allocated(text), 0, one + 1_000);
        Assert.InRange(Allocated(Bytes.Utf8($$"""{"op":"ping","{{new string('n', Most - 100)}}":1}""")), 0, one + 1_000);

        static long Allocated(byte[] json)
        {
            Assert.IsType<PingFrame>(ClientFrameReader.Read(json, out _));
            // The runtime itself allocates on our thread now and then: the least of a few is ours.
            return Enumerable.Range(0, 5).Min(_ =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                ClientFrameReader.Read(json, out var _);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });
        }
    }

    [Theory]
    [InlineData("""{"op":"send","cid":"c1","cid":"c2","room":"#a","body":"x"}""")]
    [InlineData("""{"op":"send","cid":7,"room":"#a","body":"x"}""")]
    [InlineData("""{"op":"send","cid":["c1"],"room":"#a","body":"x"}""")]
    [InlineData("""{"op":"send","more":{"cid":"c1"},"room":"#a","body":7}""")]
    public void An_id_that_is_not_known_for_sure_is_not_given_back(string text)
    {
        Assert.Null(Read(text, out var problem));
        Assert.Null(problem!.Cid);
    }

    private static FrameProblem AssertRefused(string text)
    {
        Assert.Null(Read(text, out var problem));
        Assert.Equal("bad_frame", problem!.Code);
        Assert.EndsWith(".", problem.Message);
        return problem;
    }

    private static ClientFrame? Read(string text) => Read(text, out _);

    private static ClientFrame? Read(string text, out FrameProblem? problem) => ClientFrameReader.Read(Bytes.Utf8(text), out problem);
}
