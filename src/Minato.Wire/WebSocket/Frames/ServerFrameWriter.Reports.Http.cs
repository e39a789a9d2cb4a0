using Minato.Core.Reports;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Reports, which are only read over HTTP; docs/protocols/http.md is the authority.</summary>
public sealed partial class ServerFrameWriter
{
    public void Reports(ReportPage page)
    {
        Open("reports"u8);
        _json.WriteNumber("open"u8, page.Open);
        _json.WriteStartArray("reports"u8);
        foreach (var report in page.Reports)
            WriteReport(report);
        _json.WriteEndArray();
        _json.WriteBoolean("more"u8, page.More);
        Close();
    }

    private void WriteReport(Report report)
    {
        _json.WriteStartObject();
        _json.WriteNumber("id"u8, report.Id);
        _json.WriteNumber("at"u8, report.At);
        WriteUser("by"u8, report.By);
        if (report.Reason is { } reason)
            _json.WriteString("reason"u8, reason);
        _json.WriteStartObject("room"u8);
        _json.WriteString("id"u8, report.Room.Uid);
        _json.WriteString("kind"u8, EventFields.Kind(report.Room.Kind));
        _json.WriteString("title"u8, report.Room.Title);
        _json.WriteEndObject();
        WriteReported(report.Message);
        if (report.Resolved is { } resolved)
        {
            Word("resolution"u8, resolved.Resolution);
            _json.WriteNumber("resolved"u8, resolved.At);
            if (resolved.By is { } by)
                WriteUser("resolver"u8, by);
        }
        _json.WriteEndObject();
    }

    private void WriteReported(ReportedMessage message)
    {
        _json.WriteStartObject("message"u8);
        _json.WriteNumber("seq"u8, message.Seq);
        _json.WriteNumber("ts"u8, message.Ts);
        WriteUser("from"u8, message.From);
        if (message.Body is { } body)
            _json.WriteString("body"u8, body.Utf8.Span);
        else
            _json.WriteBoolean("erased"u8, true);
        _json.WriteEndObject();
    }
}
