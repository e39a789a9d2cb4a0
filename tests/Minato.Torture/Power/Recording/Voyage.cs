using System.Globalization;
using System.Net;
using Minato.Sidecar;
using Minato.Torture.Checking;
using Minato.Torture.Fleet;
using Minato.Torture.Histories;
using Minato.Torture.Power.Checking;
using Minato.Torture.Power.Disks;
using Minato.Torture.Running;
using Minato.Torture.Staging;

namespace Minato.Torture.Power.Recording;

/// <summary>
/// What is cut later: a server that starts in an empty folder, serves clients, is killed, starts again, is stopped, starts once more, with every
/// change of its disk written down beside what its clients were told.
/// </summary>
/// <param name="Folder">Where the record and the histories are.</param>
internal sealed record Voyage(string Folder)
{
    private const int Sockets = 6, Requests = 2, Uploads = 2, LeastAcks = 50, LeastLog = 64 << 10;

    private static readonly TimeSpan ActsWithin = TimeSpan.FromMinutes(1);

    /// <summary>Milliseconds between two acts of one client.</summary>
    private const int Pause = 25;

    /// <summary>Two folders below the root, so that the server has to make one for the other.</summary>
    public const string Data = "srv/minato";

    private const string Backup = "backup.db", Memory = "bot.state";

    /// <summary>What a record of each kind is called: by that it is known how its disks are looked at.</summary>
    public const string OfClient = "client", OfPorts = "ports", OfRestore = "restored";

    private const string Restoring = "restore";

    /// <summary>What is written down of the time from a server's start to its first line.</summary>
    public const string Start = "start";

    private string Root => Path.Combine(Folder, "disk");

    private string RecordFile => Path.Combine(Folder, "record");

    private string Histories => Path.Combine(Folder, "clients.history");

    private string RootInode => Path.Combine(Folder, "root");

    public IReadOnlyList<Change> Changes() => DiskRecord.Read(RecordFile);

    public IReadOnlyList<Entry> Entries() => [.. Directory.GetFiles(Folder, "*.history").SelectMany(Verdict.Read)];

    /// <param name="forgets">Of which paths no sync is believed.</param>
    public Drive EmptyDrive(Func<string, bool> forgets) => new(ulong.Parse(File.ReadAllText(RootInode), CultureInfo.InvariantCulture), forgets);

    public static bool BeginsRestore(Entry entry) => entry is Struck { Fault: Restoring };

    /// <summary>What is wrong with a disk that is left.</summary>
    /// <param name="told">What anybody had been told by then.</param>
    public async Task<IReadOnlyList<Violation>> LookAtAsync(string disk, IReadOnlyList<Entry> told) => Path.GetFileName(Folder) switch
    {
        OfClient => ClientMemory.Check(Path.Combine(disk, Memory), told),
        OfPorts => PortMemory.Check(disk, told),
        OfRestore => await new AfterRestore(Path.Combine(disk, Data), Path.Combine(disk, Backup), told).CheckAsync(),
        _ => await new Afterwards(Path.Combine(disk, Data), told).CheckAsync(),
    };

    /// <summary>A client's memory, without a server.</summary>
    public async Task MakeClientsAsync(int seed)
    {
        using var record = NewRecord();
        using var client = new RecordedProcess([Environment.ProcessPath!, "client", Path.Combine(Root, Memory), Histories, seed.ToString(CultureInfo.InvariantCulture)], record, Root);
        await client.EndAsync();
    }

    /// <summary>The ports of names, without a server.</summary>
    public async Task MakePortsAsync()
    {
        using var record = NewRecord();
        using var names = new RecordedProcess([Environment.ProcessPath!, "ports", Root, Histories], record, Root);
        await names.EndAsync();
    }

    /// <param name="command">The server's, given where to listen and its data folder.</param>
    /// <param name="time">How long clients act, in all its lives.</param>
    /// <param name="lives">How often it starts.</param>
    /// <param name="backup">What backs up a data folder into a file, while the server of the second life serves; null: nothing.</param>
    /// <param name="restore">What puts that file in place of the data at the end; null: nothing does.</param>
    /// <param name="isOld">Whether it finds a database of the first version.</param>
    public async Task MakeAsync(int seed, TimeSpan time, int lives, bool isOld, Func<string, string, string[]> command, Func<string, string, string[]>? backup = null, Func<string, string, string[]>? restore = null)
    {
        using var record = NewRecord();
        using var lease = Port.Reserve();
        using var recorder = new Recorder(Histories);
        var address = new IPEndPoint(IPAddress.Loopback, lease.Port);
        RecordedProcess Begin() => new(command(address.ToString(), Path.Combine(Root, Data)), record, Root);
        using var stop = new CancellationTokenSource();
        Task[] acting;
        if (isOld)
        {
            using var old = new RecordedProcess([Environment.ProcessPath!, "first-version", Path.Combine(Root, Data), Path.Combine(Folder, "old.history")], record, Root);
            await old.EndAsync();
        }
        using (var first = Begin())
        {
            await ReadyAsync(first, recorder);
            var rooms = await Rooms.MakeAsync(new Uri($"http://{address}"));
            recorder.Add(new Known(Recorder.Now, Afterwards.Keeper, rooms.Keeper));
            acting = [.. Actors(new FleetOptions(0, [address], seed, Histories, Sockets, Terminals: 0, Requests, Ircs: 0, Pause, rooms.Public, rooms.Links, []), recorder, rooms.Keeper).Select(a => a.RunAsync(stop.Token))];
            await ActAsync(time / lives, recorder);
            await DieAsync(first, recorder);
        }
        for (var life = 2; life <= lives; life++)
        {
            using var next = Begin();
            await ReadyAsync(next, recorder);
            if (life == 2 && backup is not null)
                await BackUpAsync(backup, recorder);
            await ActAsync(time / lives, recorder);
            if (life % 2 == 0)
            {
                await next.StopAsync();
                continue;
            }
            if (restore is not null)
                await HasLogAsync();
            await DieAsync(next, recorder);
        }
        await stop.CancelAsync();
        await Task.WhenAll(acting);
        if (restore is null)
            return;
        recorder.Add(new Struck(Recorder.Now, "power", Restoring, Recorder.Now));
        using (var restoring = new RecordedProcess(restore(Path.Combine(Root, Data), Path.Combine(Root, Backup)), record, Root))
            await restoring.EndAsync();
        recorder.Add(new Restored(Recorder.Now, "power"));
        using var last = Begin();
        await ReadyAsync(last, recorder);
        await last.StopAsync();
    }

    private DiskRecord NewRecord()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(RootInode, Inode.Of(Root).ToString(CultureInfo.InvariantCulture));
        return new DiskRecord(RecordFile);
    }

    private static async Task ReadyAsync(RecordedProcess server, Recorder recorder)
    {
        var began = Recorder.Now;
        await server.ReadyAsync();
        recorder.Add(new Struck(began, "power", Start, Recorder.Now));
    }

    /// <summary>For so long, or on a busy machine until enough was said: a server that is not used has nothing to lose.</summary>
    private static async Task ActAsync(TimeSpan time, Recorder recorder)
    {
        await Task.Delay(time);
        using var patience = new CancellationTokenSource(ActsWithin);
        while (recorder.Acks < LeastAcks || recorder.Uploads == 0)
            await Task.Delay(20, patience.Token);
    }

    /// <summary>What is restored over has messages that stand in its log alone: it empties that now and then.</summary>
    private async Task HasLogAsync()
    {
        using var patience = new CancellationTokenSource(ActsWithin);
        while (new FileInfo(Path.Combine(Root, Data, "minato.db-wal")).Length < LeastLog)
            await Task.Delay(20, patience.Token);
    }

    /// <summary>It is the server that writes the copy, so that the record has it.</summary>
    private async Task BackUpAsync(Func<string, string, string[]> backup, Recorder recorder)
    {
        var began = Recorder.Now;
        var command = backup(Path.Combine(Root, Data), Path.Combine(Root, Backup));
        await Task.Run(() => Tool.Run(command[0], command[1..]));
        recorder.Add(new BackedUp(Recorder.Now, "power", Backup, began));
    }

    private static async Task DieAsync(RecordedProcess server, Recorder recorder)
    {
        var began = Recorder.Now;
        await server.DieAsync();
        recorder.Add(new Struck(began, "power", "kill", Recorder.Now));
    }

    private static IEnumerable<Actor> Actors(FleetOptions options, Recorder recorder, string keeper)
    {
        var random = new Random(options.Seed);
        for (var i = 0; i < options.Sockets; i++)
            yield return new SocketActor($"f0s{i}", options, recorder, random.Next(), i == 0 ? keeper : null);
        for (var i = 0; i < options.Requests; i++)
            yield return new RequestActor($"f0h{i}", options, recorder, random.Next());
        for (var i = 0; i < Uploads; i++)
            yield return new UploadActor($"f0u{i}", options, recorder, random.Next());
    }
}
