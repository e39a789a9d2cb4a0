using Minato.Core.Accounts;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class SettingsReader
{
    internal static WorkspaceSettings Read(Database db, int _ = 0)
    {
        var settings = new WorkspaceSettings();
        return settings with
        {
            SignUp = Enum.TryParse<SignUpPolicy>(Value(db, "signup"), ignoreCase: true, out var signUp) ? signUp : settings.SignUp,
            Departed = Enum.TryParse<DepartedMessages>(Value(db, "departed"), ignoreCase: true, out var departed) ? departed : settings.Departed,
        };
    }

    internal static WorkspaceKeys Keys(Database db, int _) => new(Value(db, "instance")!, Convert.FromHexString(Value(db, "device_key")!));

    private static string? Value(Database db, string key)
    {
        var row = db.Statement("select value from settings where key = ?").Bind(1, key);
        var value = row.Step() ? row.Text(0) : null;
        row.Reset();
        return value;
    }
}
