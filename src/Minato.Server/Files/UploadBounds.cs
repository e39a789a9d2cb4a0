namespace Minato.Server.Files;

/// <summary>What bounds uploads beside what the log counts (<see cref="Core.Files.StoredFile"/>, <see cref="Core.Commands.Allowance.Files"/>).</summary>
internal sealed record UploadBounds
{
    internal static readonly UploadBounds Default = new();

    /// <summary>Uploads of one person at once: the page has three, and a second device one more. Browsers open six connections to one host.</summary>
    internal int OfPerson { get; init; } = 6;

    /// <summary>Uploads of one address at once, an office behind it; an address is also all the guests that are made there.</summary>
    internal int OfAddress { get; init; } = 16;

    /// <summary>In the whole server: 64 open files and as many buffers of 64 KiB.</summary>
    internal int AtOnce { get; init; } = 64;

    /// <summary>
    /// From the first byte to the last: 25 MiB over a line of 250 kbit/s. Kestrel ends one of less than 240 bytes a second long before.
    /// </summary>
    internal TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What stays free of the disk, on which the log lies, too: 512 MiB, weeks of messages. Elasticsearch stops at 5 %.</summary>
    internal long MinFree { get; init; } = 512L * 1024 * 1024;

    /// <summary>Bytes that are free where a folder lies; another one for tests.</summary>
    internal Func<string, long> Free { get; init; } = static folder => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Makes a file that is not there yet; another one for tests.</summary>
    internal Func<string, FileStreamOptions, FileStream> Create { get; init; } = static (path, options) => new FileStream(path, options);
}
