using System.Buffers;
using Minato.Wire.Detection;

namespace Minato.Wire.Tests.Detection;

/// <summary>https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2, https://www.rfc-editor.org/rfc/rfc7301</summary>
public sealed class ClientHelloTests
{
    private static readonly byte[] ServerName = [0, 0, 0, 3, 1, 2, 3];

    public static TheoryData<string, ClientHello> Names => new()
    {
        { "", ClientHello.Other },
        { "irc", ClientHello.Other },
        { "h2 irc", ClientHello.Other },
        { "h2 http/1.1", ClientHello.Http },
        { "http/1.1", ClientHello.Http },
        { "ircs", ClientHello.Http },
    };

    [Theory, MemberData(nameof(Names))]
    public void It_says_what_is_to_be_spoken_and_nothing_before_it_is_whole(string names, ClientHello expected)
    {
        byte[] list = [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(n => (byte[])[(byte)n.Length, .. n.Select(c => (byte)c)])];
        byte[] alpn = list.Length == 0 ? [] : [0, 16, 0, (byte)(list.Length + 2), 0, (byte)list.Length, .. list];
        var hello = Hello([.. ServerName, .. alpn]);
        for (var length = 0; length < hello.Length; length++)
            Assert.Equal(ClientHello.Incomplete, ClientHelloReader.Read(new ReadOnlySequence<byte>(hello, 0, length)));
        Assert.Equal(expected, ClientHelloReader.Read(new ReadOnlySequence<byte>([.. hello, 1, 2, 3])));
    }

    [Fact]
    public void What_lies_about_its_lengths_is_asked_for_nothing()
    {
        var hello = Hello([0, 16, 0, 5, 0, 3, 2, (byte)'h', (byte)'2']);
        for (var at = 5; at < hello.Length; at++)
        {
            var broken = hello.ToArray();
            broken[at] = 0xFF;
            Assert.NotEqual(ClientHello.Incomplete, ClientHelloReader.Read(new ReadOnlySequence<byte>(broken)));
        }
        Assert.Equal(ClientHello.Http, ClientHelloReader.Read(new ReadOnlySequence<byte>([22, 3, 1, 0xFF, 0xFF])));
        Assert.Equal(ClientHello.Http, ClientHelloReader.Read(new ReadOnlySequence<byte>([22, 3, 1, 0, 1, 1])));
        Assert.Equal(ClientHello.Other, ClientHelloReader.Read(new ReadOnlySequence<byte>(Record([1, 0, 0, 41, 3, 3, .. new byte[32], 0, 0, 2, 0, 47, 1, 0]))));
    }

    private static byte[] Hello(byte[] extensions)
    {
        byte[] body = [3, 3, .. new byte[32], 4, 9, 9, 9, 9, 0, 2, 0x13, 0x01, 1, 0, 0, (byte)extensions.Length, .. extensions];
        return Record([1, 0, 0, (byte)body.Length, .. body]);
    }

    private static byte[] Record(byte[] content) => [22, 3, 1, 0, (byte)content.Length, .. content];
}
