using System.Globalization;
using System.Text.RegularExpressions;

namespace Minato.Sidecar;

internal sealed record LineProbe(Regex Pattern) : ReadyProbe
{
    internal override bool MayReport => Pattern.GetGroupNames().Any(g => g is "port" or "url");

    public override bool NeedsOutput => true;

    internal override async Task<Sign> WaitAsync(ProbeScene scene, CancellationToken cancel)
    {
        await foreach (var line in scene.Logs.ReadFromStartAsync(cancel))
        {
            if (Pattern.Match(line) is { Success: true } match)
                return Read(match);
        }
        // Its output has ended, and no line was the one: the program may live on, so the timeout decides.
        await Task.Delay(Timeout.InfiniteTimeSpan, scene.Time, cancel);
        return default;
    }

    private static Sign Read(Match match)
    {
        if (match.Groups["url"] is { Success: true } url)
            return new Sign(Url: url.Value);
        if (match.Groups["port"] is not { Success: true } port)
            return default;
        return int.TryParse(port.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535
            ? new Sign(number)
            : throw new SidecarException(SidecarFailure.BadReport, $"Its ready line says that it listens on port \"{port.Value}\", which is none.");
    }
}
