using System.Text;
using QRCoder;

namespace Minato.Cli.Serving;

/// <summary>A QR code as text: two modules in each character, black on white whatever colours the terminal has.</summary>
internal static class QrText
{
    private const string BlackOnWhite = "\u001b[30;107m", AsBefore = "\u001b[0m";

    internal static string Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // With the quiet zone of four modules that readers need.
        var modules = data.ModuleMatrix;
        var lines = new StringBuilder();
        for (var y = 0; y < modules.Count; y += 2)
        {
            lines.Append(BlackOnWhite);
            for (var x = 0; x < modules[y].Count; x++)
                lines.Append((modules[y][x], y + 1 < modules.Count && modules[y + 1][x]) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            lines.Append(AsBefore).Append('\n');
        }
        return lines.ToString().TrimEnd('\n');
    }
}
