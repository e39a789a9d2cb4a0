using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Server.Tests.Matrix;

/// <summary>Each act of the server as a whole as a request of somebody's.</summary>
internal static class AdministrationActs
{
    private static readonly string[] Server = ["server"];

    private static readonly string[] People = ["guest", "member", "admin", "owner", "self"];

    private static readonly string[] Roles = ["member", "admin", "owner"];

    /// <summary>Each with the operation of the API that it is, and with what it can be about.</summary>
    public static IReadOnlyDictionary<string, (string Op, string[] Subjects)> All { get; } = new Dictionary<string, (string, string[])>
    {
        ["Purge"] = ("purge", People),
        ["SetActive"] = ("change_account", People),
        ["ReadReports"] = ("reports", Server),
        ["ResolveReport"] = ("resolve_report", People),
        ["MakeInvitation"] = ("make_invitation", Roles),
        ["RevokeInvitation"] = ("revoke_invitation", Server),
        ["ReadInvitations"] = ("invitations", Server),
        ["ReadAccounts"] = ("accounts", Server),
        ["ReadAudit"] = ("audit", Server),
        ["ReadSettings"] = ("settings", Server),
        ["ChangeSettings"] = ("change_settings", Server),
    };

    /// <param name="about">Null: it is about nobody.</param>
    /// <param name="subject">As in the file.</param>
    /// <param name="owner">Who makes what is to be looked at or taken back.</param>
    public static async Task<ApiAnswer> DoAsync(string act, RunningServer server, ApiClient actor, User? about, string subject, ApiClient owner) => act switch
    {
        "Purge" => await actor.PostAsync($"/accounts/{about!.Uid}/purge"),
        "SetActive" => await SetActiveAsync(actor, about!),
        "ReadReports" => await actor.GetAsync("/reports"),
        "ResolveReport" => await actor.PatchAsync($"/reports/{await ReportOfAsync(server, about!, owner)}", new { resolution = "dismissed" }),
        "MakeInvitation" => await actor.PostAsync("/invitations", new { role = subject }),
        "RevokeInvitation" => await actor.DeleteAsync($"/invitations/{(await owner.PostAsync("/invitations")).Is(201).Text("id")}"),
        "ReadInvitations" => await actor.GetAsync("/invitations"),
        "ReadAccounts" => await actor.GetAsync("/accounts"),
        "ReadAudit" => await actor.GetAsync("/audit"),
        "ReadSettings" => await actor.GetAsync("/settings"),
        "ChangeSettings" => await actor.PatchAsync("/settings", new { departed = "erase" }),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
    };

    /// <summary>Opened first, where it changes nothing and needs the same right; then shut.</summary>
    private static async Task<ApiAnswer> SetActiveAsync(ApiClient actor, User about)
    {
        var opened = await actor.PatchAsync($"/accounts/{about.Uid}", new { active = true });
        var shut = await actor.PatchAsync($"/accounts/{about.Uid}", new { active = false });
        Assert.True(opened.Status == shut.Status || shut.Text("code") == "last_owner", $"opened {opened.Status}, shut {shut.Status}");
        return shut;
    }

    private static async Task<long> ReportOfAsync(RunningServer server, User author, ApiClient owner)
    {
        var lobby = (await server.Store.FindRoomAsync(Slug.Lobby, CancellationToken.None))!;
        var said = await server.DoAsync<Logged>(new Post(author, null, lobby.Id, MessageBody.FromStore("said"u8.ToArray())));
        (await owner.PostAsync($"/rooms/lobby/messages/{said.Seq}/report")).Is(200);
        return (await owner.GetAsync("/reports?limit=1")).Is(200).Body.GetProperty("reports")[0].GetProperty("id").GetInt64();
    }
}
