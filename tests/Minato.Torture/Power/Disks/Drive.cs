using Minato.Torture.Staging;

namespace Minato.Torture.Power.Disks;

/// <summary>A disk as POSIX promises it: https://pubs.opengroup.org/onlinepubs/9799919799/functions/fsync.html, for files and, asked for by themselves, for folders.</summary>
internal sealed class Drive
{
    private const uint SocketForOwner = 0xC000 | 0x180; // S_IFSOCK | 0600

    private readonly FolderNode _root = new();
    private readonly Dictionary<ulong, Node> _nodes = [];

    private readonly Dictionary<ulong, string> _paths = [];
    private readonly Func<string, bool> _forgets;

    /// <param name="root">The root's inode.</param>
    /// <param name="forgets">Of which paths no sync is believed: as if nobody had asked for it.</param>
    public Drive(ulong root, Func<string, bool> forgets)
    {
        _forgets = forgets;
        _nodes.Add(root, _root);
        _paths.Add(root, "");
    }

    public void Do(Change change)
    {
        if (change.File != 0 && change.Path.Length > 0)
            _paths[change.File] = change.Other.Length > 0 ? change.Other : change.Path;
        switch (change.Kind)
        {
            case ChangeKind.Create:
                Name(change.Path, _nodes[change.File] = new FileNode());
                break;
            case ChangeKind.Folder:
                Name(change.Path, _nodes[change.File] = new FolderNode());
                break;
            case ChangeKind.Socket:
                Name(change.Path, _nodes[change.File] = new SocketNode());
                break;
            case ChangeKind.Write or ChangeKind.Truncate:
                ((FileNode)_nodes[change.File]).Do(change);
                break;
            case ChangeKind.SyncBegins when _forgets(_paths[change.File]):
                break;
            case ChangeKind.SyncBegins:
                _nodes[change.File].SyncBegins(change.Number);
                break;
            case ChangeKind.SyncEnds:
                _nodes[change.File].SyncEnds(change.Number);
                break;
            case ChangeKind.Rename:
                Rename(change.Path, change.Other, _nodes[change.File]);
                break;
            case ChangeKind.Link:
                Name(change.Other, _nodes[change.File]);
                break;
            case ChangeKind.Unlink:
                var (folder, name) = Find(change.Path);
                folder.Name(new Naming(name, null, null));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, null);
        }
    }

    /// <summary>Makes in an empty folder what a power loss leaves now.</summary>
    public void LeaveIn(string folder, Loss loss) => Leave(_root, folder, loss);

    private static void Leave(FolderNode node, string path, Loss loss)
    {
        foreach (var (name, what) in node.After(loss))
        {
            var here = Path.Combine(path, name);
            switch (what)
            {
                case FolderNode folder:
                    // A loop is no disk: a folder has one name.
                    if (!Directory.Exists(here))
                        Leave(folder, Directory.CreateDirectory(here).FullName, loss);
                    break;
                case FileNode file:
                    File.WriteAllBytes(here, file.After(loss));
                    break;
                default:
                    _ = Native.MakeNode(here, SocketForOwner, 0);
                    break;
            }
        }
    }

    private void Rename(string from, string to, Node node)
    {
        var (old, gone) = Find(from);
        var (anew, name) = Find(to);
        if (old == anew)
        {
            old.Name(new Naming(gone, name, node));
            return;
        }
        old.Name(new Naming(gone, null, null));
        anew.Name(new Naming(null, name, node));
    }

    private void Name(string path, Node node)
    {
        var (folder, name) = Find(path);
        folder.Name(new Naming(null, name, node));
    }

    private (FolderNode Folder, string Name) Find(string path)
    {
        var (folder, names) = (_root, path.Split('/'));
        foreach (var name in names[..^1])
            folder = (FolderNode)folder.Live[name];
        return (folder, names[^1]);
    }
}
