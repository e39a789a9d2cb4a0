using System.Text;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Names in the last parameter of as many replies as they need: no line is longer than one may be.</summary>
internal static class NameLines
{
    /// <param name="begin">Begins a reply, up to that parameter.</param>
    /// <returns>How many replies there are: none without names.</returns>
    internal static int Write(Func<IrcWriter> begin, IEnumerable<string> names, char separator = ' ')
    {
        var (line, bytes, lines) = (new StringBuilder(), 0, 0);
        IrcWriter? writer = null;
        foreach (var name in names)
        {
            var length = Encoding.UTF8.GetByteCount(name) + 1;
            if (writer is not null && bytes + length > writer.Room)
            {
                writer.End(line.ToString());
                line.Clear();
                (writer, bytes) = (null, 0);
            }
            if (writer is null)
                (writer, lines) = (begin(), lines + 1);
            else
                line.Append(separator);
            line.Append(name);
            bytes += length;
        }
        writer?.End(line.ToString());
        return lines;
    }
}
