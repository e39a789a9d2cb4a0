namespace Minato.Storage.Reading;

/// <summary>How the event that a room is called otherwise is written: the new name, a space, and the one before. No name has a space.</summary>
internal static class SlugsInBody
{
    internal static string Text(string slug, string was) => $"{slug} {was}";

    internal static (string Slug, string Was) Read(string text)
    {
        var space = text.IndexOf(' ');
        return (text[..space], text[(space + 1)..]);
    }
}
