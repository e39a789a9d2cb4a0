using Minato.Core.Accounts;
using Minato.Core.Commands;

namespace Minato.Storage.Writing.Accounts;

internal sealed class SettingsWriter(WriteContext context, AuditWriter audit)
{
    internal Outcome Apply(ChangeSettings command)
    {
        if (command.SignUp is { } signUp)
            Set(command, "signup", signUp.ToString());
        if (command.Departed is { } departed)
            Set(command, "departed", departed.ToString());
        return Nothing.Value;
    }

    private void Set(ChangeSettings command, string key, string value)
    {
        value = value.ToLowerInvariant();
        context.Db.Statement("insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value")
            .Bind(1, key).Bind(2, value).Run();
        audit.Note(command.By, "settings", detail: $"{key} {value}");
    }
}
