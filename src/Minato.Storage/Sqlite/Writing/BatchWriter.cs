using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Reading;

namespace Minato.Storage.Sqlite.Writing;

/// <summary>Carries out a batch of commands in one transaction. A row that breaks the schema fails alone; a failing disk fails everything.</summary>
internal sealed class BatchWriter
{
    private readonly Database _db;
    private readonly WriteContext _context;
    private readonly PostWriter _posts;
    private readonly MessageWriter _messages;
    private readonly MembershipWriter _members;
    private readonly MemberWriter _people;
    private readonly RoomWriter _rooms;
    private readonly UserWriter _users;
    private readonly ReadPositionWriter _readPositions;

    internal BatchWriter(Database db, TimeProvider clock)
    {
        _db = db;
        _context = new WriteContext(db, clock);
        var clientIds = new ClientIds(_context);
        var acts = new RoomActs(_context, clientIds);
        var messages = new Messages(_context);
        var mentions = new MentionWriter(_context);
        _posts = new PostWriter(_context, clientIds, messages, mentions);
        _messages = new MessageWriter(_context, acts, messages, mentions);
        _members = new MembershipWriter(_context, clientIds);
        _people = new MemberWriter(_context, acts, _members);
        _rooms = new RoomWriter(_context, clientIds, acts, _members);
        _users = new UserWriter(_context, clientIds, _members);
        _readPositions = new ReadPositionWriter(_context);
    }

    /// <summary>Makes the lobby where it is missing, and ends what a killed server left open.</summary>
    internal void Prepare()
    {
        var hasLobby = RoomReader.BySlug(_db, Slug.Lobby) is not null;
        if (hasLobby && _db.Scalar("select exists (select 1 from users where kind = 1 and ended_at is null)") == 0)
            return;
        Transact(() =>
        {
            if (!hasLobby)
                _rooms.CreateLobby(_users.Insert(UserKind.System, "minato"));
            _users.EndLeftVisitors();
            return true;
        });
    }

    internal IReadOnlyList<Outcome> Commit(IReadOnlyList<Command> batch)
    {
        if (batch.Count == 0)
            return [];
        try
        {
            return Transact(() => All(batch, Apply));
        }
        catch (Exception e) when (IsOneCommands(e))
        {
            // Rolled back. Once more in one transaction, each command behind a savepoint: this time only the bad one is undone.
            return Transact(() => All(batch, ApplyAlone));
        }
    }

    private static List<Outcome> All(IReadOnlyList<Command> batch, Func<Command, Outcome> apply)
    {
        var outcomes = new List<Outcome>(batch.Count);
        foreach (var command in batch)
            outcomes.Add(apply(command));
        return outcomes;
    }

    private Outcome ApplyAlone(Command command)
    {
        _db.Execute("savepoint one");
        try
        {
            var outcome = Apply(command);
            // Heads on disk before the next one: undoing that must not undo them.
            _context.WriteHeads();
            _db.Execute("release one");
            return outcome;
        }
        catch (Exception e) when (IsOneCommands(e))
        {
            _context.ForgetAll();
            _db.ResetStatements();
            _db.Execute("rollback to one; release one");
            return new Refused(Refusal.StorageFailed) { Cause = e };
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
            Edit edit => _messages.Apply(edit, actor),
            Delete delete => _messages.Apply(delete, actor),
            React react => _messages.Apply(react, actor),
            Pin pin => _messages.Apply(pin, actor),
            Join join => _members.Apply(join, actor),
            Leave leave => _members.Apply(leave, actor),
            CreateRoom create => _rooms.Apply(create, actor),
            OpenDirect direct => _rooms.Apply(direct, actor),
            SetTopic topic => _rooms.Apply(topic, actor),
            SetTitle title => _rooms.Apply(title, actor),
            Archive archive => _rooms.Apply(archive, actor),
            Invite invite => _people.Apply(invite, actor),
            Kick kick => _people.Apply(kick, actor),
            Ban ban => _people.Apply(ban, actor),
            Unban unban => _people.Apply(unban, actor),
            Mute mute => _people.Apply(mute, actor),
            Unmute unmute => _people.Apply(unmute, actor),
            SetRole role => _people.Apply(role, actor),
            Rename rename => _users.Apply(rename, actor),
            EndVisitor end => _users.Apply(end, actor),
            _ => throw new InvalidOperationException($"No writer for {command.GetType().Name}."),
        };
    }

    private T Transact<T>(Func<T> work)
    {
        try
        {
            _db.Statement("begin immediate").Run();
            _context.Begin();
            var result = work();
            _context.WriteHeads();
            _db.Statement("commit").Run();
            _context.ForgetIfMany();
            return result;
        }
        catch (Exception e)
        {
            Rollback();
            if (e is SqliteException { IsOneRow: false } sql)
                throw Explain(sql);
            throw;
        }
    }

    /// <summary>A row that breaks the schema, or a bug of ours in one writer: that command's, not the disk's.</summary>
    private static bool IsOneCommands(Exception e) => e is SqliteException { IsOneRow: true }
        || e is not (SqliteException or StoreFullException or StoreFailedException or OutOfMemoryException);

    /// <summary>The heads in memory go with the transaction: they are read again from what is on disk.</summary>
    private void Rollback()
    {
        _context.ForgetAll();
        _db.ResetStatements();
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

    private static Exception Explain(SqliteException e) => e.IsFull
        ? new StoreFullException("The disk is full: nothing was saved.", e)
        : new StoreFailedException($"The database cannot be trusted any more ({e.Message}).", e);
}
