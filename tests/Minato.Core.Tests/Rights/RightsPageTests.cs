using System.Runtime.CompilerServices;

namespace Minato.Core.Tests.Rights;

public sealed class RightsPageTests
{
    [Fact]
    public void The_page_says_what_the_table_says()
    {
        var file = Path.Combine(Root(), "docs", "rights.md");
        if (Environment.GetEnvironmentVariable("MINATO_WRITE_DOCS") == "1")
            File.WriteAllText(file, RightsPage.Print());
        Assert.Equal(RightsPage.Print(), File.ReadAllText(file));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
