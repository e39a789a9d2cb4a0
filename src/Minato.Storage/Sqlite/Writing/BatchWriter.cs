using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Reading;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Writing;

/// <summary>Carries out a batch of commands in one transaction. A row that breaks the schema fails alone; a failing disk fails everything.</summary>
internal sealed class BatchWriter
{
    private readonly Database _db;
    private readonly WriteContext _context;
    private readonly PostWriter _posts;
    private readonly MembershipWriter _members;
    private readonly RoomWriter _rooms;
    private readonly UserWriter _users;
    private readonly ReadPositionWriter _readPositions;

    internal BatchWriter(Database db, TimeProvider clock)
    {
        _db = db;
        _context = new WriteContext(db, clock);
        var clientIds = new ClientIds(_context);
        _posts = new PostWriter(_context, clientIds);
        _members = new MembershipWriter(_context, clientIds);
        _rooms = new RoomWriter(_context, clientIds, _members);
        _users = new UserWriter(_context, _members);
        _readPositions = new ReadPositionWriter(_context);
    }

    internal void EnsureLobby()
    {
        if (RoomReader.BySlug(_db, Slug.Lobby) is null)
            Transact(() => _rooms.CreateLobby(_users.Insert(UserKind.System, "minato")));
    }

    internal IReadOnlyList<Outcome> Commit(IReadOnlyList<Command> batch)
    {
        var outcomes = new List<Outcome>(batch.Count);
        try
        {
            Transact(() =>
            {
                foreach (var command in batch)
                    outcomes.Add(Apply(command));
            });
            return outcomes;
        }
        catch (SqliteException e) when (e.IsOneRow)
        {
            return batch.Count == 1 ? [new Refused(Refusal.StorageFailed)] : [.. batch.SelectMany(command => Commit([command]))];
        }
    }

    private Outcome Apply(Command command)
    {
        if (command is RegisterGuest register)
            return _users.Apply(register);
        if (command is not UserCommand { Actor: var stated } || _context.User(stated.Id) is not { } actor)
            return new Refused(Refusal.NoSuchUser);
        return command switch
        {
            Post post => _posts.Apply(post, actor),
            MarkRead read => _readPositions.Apply(read, actor),
            Join join => _members.Apply(join, actor),
            Leave leave => _members.Apply(leave, actor),
            CreateRoom create => _rooms.Apply(create, actor),
            OpenDirect direct => _rooms.Apply(direct, actor),
            SetTopic topic => _rooms.Apply(topic, actor),
            Rename rename => _users.Apply(rename, actor),
            EndVisitor end => _users.Apply(end, actor),
            _ => throw new InvalidOperationException($"No writer for {command.GetType().Name}."),
        };
    }

    private void Transact(Action work)
    {
        try
        {
            _db.Statement("begin immediate").Run();
            work();
            _context.WriteHeads();
            _db.Statement("commit").Run();
            _context.ForgetIfMany();
        }
        catch (Exception e)
        {
            Rollback();
            throw e is SqliteException { IsOneRow: false } sql ? Explain(sql) : e;
        }
    }

    /// <summary>The heads in memory go with the transaction: they are read again from what is on disk.</summary>
    private void Rollback()
    {
        _context.ForgetAll();
        try
        {
            if (_db.InTransaction)
                _db.Execute("rollback");
        }
        catch (SqliteException)
        {
            // Many errors roll back by themselves; one in the rollback adds nothing to the first.
        }
    }

    private static Exception Explain(SqliteException e) => e.IsFull || e.ExtendedCode == raw.SQLITE_IOERR_SHMSIZE
        ? new StoreFullException("The disk is full: nothing was saved.", e)
        : new StoreFailedException($"The database cannot be trusted any more ({e.Message}).", e);
}
