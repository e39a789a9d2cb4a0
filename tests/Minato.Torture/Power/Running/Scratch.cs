namespace Minato.Torture.Power.Running;

/// <summary>Folders for records and for the disks that are made of them: in memory where the system has such a place, since nothing of them is to last.</summary>
internal static class Scratch
{
    private const string Memory = "/dev/shm";

    public static DirectoryInfo New(string what)
    {
        if (!Directory.Exists(Memory))
            return Directory.CreateTempSubdirectory($"minato-power-{what}-");
        return Directory.CreateDirectory(Path.Combine(Memory, $"minato-power-{what}-{Guid.NewGuid():N}"));
    }
}
