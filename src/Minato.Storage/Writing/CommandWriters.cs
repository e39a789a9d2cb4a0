using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Writing.Accounts;

namespace Minato.Storage.Writing;

/// <summary>Every kind of command and who writes it.</summary>
internal sealed class CommandWriters
{
    private readonly WriteContext _context;
    private readonly PostWriter _posts;
    private readonly MessageWriter _messages;
    private readonly MembershipWriter _members;
    private readonly MemberWriter _people;
    private readonly ErasureWriter _erasures;
    private readonly RoomWriter _rooms;
    private readonly SlugWriter _slugs;
    private readonly DirectRoomWriter _directRooms;
    private readonly LinkWriter _links;
    private readonly UserWriter _users;
    private readonly ServerRoleWriter _serverRoles;
    private readonly AccountWriters _accounts;
    private readonly ReadPositionWriter _readPositions;
    private readonly BlockWriter _blocks;
    private readonly ReportWriter _reports;
    private readonly FileWriter _files;
    private readonly RestrictionWriter _restrictions;
    private readonly PatternWriter _patterns;

    internal CommandWriters(WriteContext context)
    {
        _context = context;
        var clientIds = new ClientIds(context);
        var blocks = new Blocks(context);
        var paces = new Paces(context);
        var audit = new AuditWriter(context);
        var notes = new OperatorNotes(audit);
        var acts = new RoomActs(context, clientIds, blocks, notes);
        var messages = new Messages(context);
        var mentions = new MentionWriter(context);
        var slowMode = new SlowModeWriter(context);
        _files = new FileWriter(context, clientIds, acts, paces);
        _posts = new PostWriter(context, clientIds, acts, messages, mentions, _files, slowMode);
        _messages = new MessageWriter(context, acts, messages, mentions, _files);
        var invitations = new Invitations(context, acts);
        _restrictions = new RestrictionWriter(context, acts, paces, invitations);
        _patterns = new PatternWriter(context, acts);
        _members = new MembershipWriter(context, clientIds, _restrictions);
        _people = new MemberWriter(context, acts, _members, invitations, blocks);
        _erasures = new ErasureWriter(context, acts, _files);
        _slugs = new SlugWriter(context, clientIds, acts, paces);
        _rooms = new RoomWriter(context, clientIds, acts, _members, slowMode, notes, _slugs);
        _links = new LinkWriter(context, clientIds, acts, _members);
        _directRooms = new DirectRoomWriter(context, clientIds, _rooms, _members, blocks, paces);
        _blocks = new BlockWriter(context, clientIds, blocks);
        _reports = new ReportWriter(context, clientIds, acts, messages, paces, audit);
        _users = new UserWriter(context, clientIds, _members, blocks);
        _serverRoles = new ServerRoleWriter(context, clientIds, audit);
        _accounts = new AccountWriters(context, _users, _members, _erasures, _reports, blocks, _serverRoles, audit);
        _readPositions = new ReadPositionWriter(context);
    }

    internal Outcome Apply(Command command)
    {
        // Whoever has ended a login counts on it that nothing comes of what was under way, least of all another that lasts.
        if (command.AskedBy is { } credential && !_context.IsGood(credential))
            return new Refused(Refusal.LoginRequired);
        if (command is RegisterGuest register)
            return _users.Apply(register);
        if (command is ForgetFiles gone)
            return _files.Apply(gone);
        if (command is AccountCommand about)
        {
            _context.ForgetCredentials();
            return _accounts.Apply(about);
        }
        if (command is not UserCommand { Actor: var stated, Username: var username } || _context.User(stated.Id) is not { } actor)
            return new Refused(Refusal.NoSuchUser);
        _context.Called = (actor.Id, username);
        // Their connections end with the account; what was under way before comes to nothing.
        if (actor.Kind == UserKind.Deactivated)
            return new Refused(Refusal.LoginRequired);
        if (actor.Kind == UserKind.System && command is UserCommand act && !OperatorRights.Knows(act))
            return new Refused(Refusal.Forbidden);
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
            OpenDirect direct => _directRooms.Apply(direct, actor),
            SetTopic topic => _rooms.Apply(topic, actor),
            SetTitle title => _rooms.Apply(title, actor),
            SetSlug slug => _slugs.Apply(slug, actor),
            Archive archive => _rooms.Apply(archive, actor),
            SetHistory history => _rooms.Apply(history, actor),
            SetRetention retention => _rooms.Apply(retention, actor),
            SetPosting posting => _rooms.Apply(posting, actor),
            SetSlowMode slow => _rooms.Apply(slow, actor),
            Restrict restrict => _restrictions.Apply(restrict, actor),
            SetMemberLimit limit => _restrictions.Apply(limit, actor),
            SetKey key => _restrictions.Apply(key, actor),
            SetPattern pattern => _patterns.Apply(pattern, actor),
            MakeLink link => _links.Apply(link, actor),
            RevokeLink link => _links.Apply(link, actor),
            JoinByLink join => _links.Apply(join, actor),
            Invite invite => _people.Apply(invite, actor),
            Kick kick => _people.Apply(kick, actor),
            Ban ban => _people.Apply(ban, actor),
            Unban unban => _people.Apply(unban, actor),
            Mute mute => _people.Apply(mute, actor),
            Unmute unmute => _people.Apply(unmute, actor),
            SetRole role => _people.Apply(role, actor),
            Transfer transfer => _people.Apply(transfer, actor),
            BlockUser block => _blocks.Apply(block, actor),
            ReportMessage report => _reports.Apply(report, actor),
            EraseMessages erase => _erasures.Apply(erase, actor),
            AddFile add => _files.Apply(add, actor),
            RemoveFile remove => _files.Apply(remove, actor),
            Rename rename => _users.Apply(rename, actor),
            SetServerRole role => _serverRoles.Apply(role, actor),
            EndVisitor end => _users.Apply(end, actor),
            _ => throw new InvalidOperationException($"No writer for {command.GetType().Name}."),
        };
    }

    internal void CreateLobby() => _rooms.CreateLobby(_users.InsertSystem());

    internal void EndLeftVisitors() => _users.EndLeftVisitors();
}
