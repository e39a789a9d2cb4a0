namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>Every case, by the sections of https://www.rfc-editor.org/rfc/rfc6455</summary>
internal static class Cases
{
    /// <summary>The most bytes of a message in minato.v1.</summary>
    public const int Limit = 64 * 1024;

    private static readonly Dictionary<string, Case> ByName =
        new[] { FramingCases.All, FragmentCases.All, ControlCases.All, CloseCases.All, TextCases.All }.SelectMany(c => c).ToDictionary(c => c.Name);

    public static IEnumerable<Case> All => ByName.Values;

    public static Case Of(string name) => ByName[name];
}
