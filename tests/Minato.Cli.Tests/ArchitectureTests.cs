using System.Xml.Linq;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>Holds the tree against docs: which project may see which, and what every project has in common.</summary>
public sealed class ArchitectureTests
{
    /// <summary>References run one way. Nothing else, and no new project without a line here.</summary>
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Minato.Sidecar"] = [],
        ["Minato.Core"] = [],
        ["Minato.Wire"] = ["Minato.Core"],
        ["Minato.Storage"] = ["Minato.Core"],
        ["Minato.Server"] = ["Minato.Core", "Minato.Wire", "Minato.Storage", "Minato.Sidecar"],
        ["Minato.Client"] = ["Minato.Core", "Minato.Wire"],
        ["Minato.Cli"] = ["Minato.Server", "Minato.Client", "Minato.Sidecar"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p)).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_what_the_map_allows_and_nothing_else(string project)
    {
        Assert.True(MayReference.ContainsKey(project), $"{project} is not in the map.");
        var references = Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)).ToList();
        Assert.Subset(MayReference[project].ToHashSet(), references.ToHashSet());
        Assert.Equal(references.Distinct().Count(), references.Count);
    }

    [Fact]
    public void The_map_has_the_projects_that_the_server_is_made_of() =>
        Assert.Superset(new HashSet<string>(["Minato.Sidecar", "Minato.Core", "Minato.Wire", "Minato.Storage", "Minato.Server", "Minato.Client", "Minato.Cli"]), Projects.Select(p => p.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_server_and_its_executable_see_AspNetCore(string project)
    {
        var frameworks = Load(project).Descendants("FrameworkReference").Select(r => r.Attribute("Include")!.Value);
        Assert.Equal(project is "Minato.Server" or "Minato.Cli" ? ["Microsoft.AspNetCore.App"] : Array.Empty<string>(), frameworks);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_project_pins_a_package_or_lifts_what_all_have_in_common(string project)
    {
        var file = Load(project);
        Assert.All(file.Descendants("PackageReference"), r => Assert.Null(r.Attribute("Version") ?? r.Attribute("VersionOverride")));
        foreach (var common in new[] { "IsAotCompatible", "TreatWarningsAsErrors", "NoWarn", "DisableTransitiveProjectReferences", "Nullable", "WarningsNotAsErrors" })
            Assert.Empty(file.Descendants(common));
    }

    [Theory]
    [InlineData("IsAotCompatible")]
    [InlineData("TreatWarningsAsErrors")]
    [InlineData("DisableTransitiveProjectReferences")]
    public void What_all_have_in_common_is_on(string property)
    {
        var common = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        Assert.Equal("true", Assert.Single(common.Descendants(property)).Value);
    }

    [Fact]
    public void Packages_are_pinned_in_one_place_and_exactly()
    {
        var packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Assert.Equal("true", packages.Descendants("ManagePackageVersionsCentrally").Single().Value);
        Assert.Equal("true", packages.Descendants("CentralPackageTransitivePinningEnabled").Single().Value);
        Assert.All(packages.Descendants("PackageVersion"), p => Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+$", p.Attribute("Version")!.Value));
    }

    [Theory]
    [InlineData("README.md", 80)]
    [InlineData("README.ja.md", 80)]
    [InlineData("ARCHITECTURE.md", 150)]
    public void What_a_newcomer_reads_first_stays_short(string file, int lines)
    {
        var path = Path.Combine(Repository.Root, file);
        Assert.True(!File.Exists(path) || File.ReadLines(path).Count() <= lines, $"{file} has more than {lines} lines.");
    }

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));
}
