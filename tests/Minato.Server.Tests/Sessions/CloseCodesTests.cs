using System.Reflection;
using Minato.Server.Sessions.WebSocket;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests.Sessions;

public sealed class CloseCodesTests
{
    [Fact]
    public void The_server_closes_with_the_codes_of_the_page_and_no_others()
    {
        int[] framing = [CloseCode.ProtocolError, CloseCode.UnsupportedData, CloseCode.InvalidPayload, CloseCode.TooBig, CloseCode.ServiceRestart];
        var own = typeof(CloseCodes).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(f => f.IsLiteral).Select(f => (int)f.GetRawConstantValue()!);
        Assert.Equal(framing.Concat(own).Order().Select(code => $"{code}"), Wire.Tests.WebSocket.Frames.Corpus.Codes("closes"));
    }
}
