using Minato.Core.Accounts;
using Minato.Core.Users;

namespace Minato.Server.Sessions;

/// <summary>Requests over HTTP that hang until there is something to say, so that they end with the login by which they were let in.</summary>
internal sealed class HangingRequests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, List<Hanging>> _byUser = [];

    /// <summary>Dispose of it when the request is answered.</summary>
    internal Hanging Enter(User user, Credential? credential, CancellationToken cancel)
    {
        var hanging = new Hanging(this, user.Id, credential, cancel);
        lock (_gate)
        {
            if (!_byUser.TryGetValue(user.Id, out var requests))
                _byUser[user.Id] = requests = [];
            requests.Add(hanging);
        }
        return hanging;
    }

    /// <summary>By which somebody's requests were let in.</summary>
    internal IReadOnlyList<Credential?> CredentialsOf(UserId user)
    {
        lock (_gate)
            return _byUser.TryGetValue(user, out var requests) ? requests.ConvertAll(r => r.Credential) : [];
    }

    internal void End(UserId user, Ending ending)
    {
        lock (_gate)
            if (_byUser.TryGetValue(user, out var requests))
                foreach (var request in requests)
                    request.EndIf(ending);
    }

    internal sealed class Hanging : IDisposable
    {
        private readonly HangingRequests _all;
        private readonly UserId _user;
        private readonly CancellationTokenSource _ends;

        internal Hanging(HangingRequests all, UserId user, Credential? credential, CancellationToken cancel)
        {
            (_all, _user, Credential) = (all, user, credential);
            _ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        }

        internal Credential? Credential { get; }

        internal CancellationToken Token => _ends.Token;

        /// <summary>Whether the login is worth nothing any more.</summary>
        internal bool IsOver { get; private set; }

        internal void EndIf(Ending ending)
        {
            if (!ending.Ends(Credential))
                return;
            IsOver = true;
            // What goes on from here goes on elsewhere: the publisher does not answer requests.
            _ = _ends.CancelAsync();
        }

        public void Dispose()
        {
            lock (_all._gate)
                if (_all._byUser.TryGetValue(_user, out var requests) && requests.Remove(this) && requests.Count == 0)
                    _all._byUser.Remove(_user);
            _ends.Dispose();
        }
    }
}
