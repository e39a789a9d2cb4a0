using System.Buffers.Text;
using Microsoft.Extensions.Logging;

namespace Minato.Server.Tests.Accounts.Passkeys;

/// <summary>Passkeys are used in every way, rightly and wrongly; then what belongs to them is looked for in all that the server and the framework have logged.</summary>
public sealed class PasskeySecretsTests
{
    [Fact]
    public async Task What_is_asked_and_signed_stands_in_no_log()
    {
        using var logs = new LogLines { From = LogLevel.Trace };
        await using var server = new MinatoServer(
            new MinatoOptions { Address = RunningServer.AnyPort, Memory = true, Access = Access.Accounts, PasswordIterations = 1_000 }, logs);
        await server.StartAsync();
        using var nobody = new ApiClient(server.Ready.Url);
        var invitation = server.OwnerLink!.Split("#invite=")[1];
        var session = (await nobody.PostAsync("/accounts", new { nick = "ann", password = AccountsHost.Password, invitation })).Is(201).Text("session");

        using var page = new PasskeyPage(server.Ready.Url, session);
        using var door = new PasskeyPage(server.Ready.Url, session: null);
        using var authenticator = new SoftAuthenticator();
        List<string> secrets = [session, Base64Url.EncodeToString(authenticator.RawId), Convert.ToHexString(authenticator.RawId)];
        foreach (var lies in new SoftAuthenticatorLies[] { new() { RpId = "evil.example" }, new() { Attestation = whole => whole[..50] }, new() })
        {
            authenticator.Lies = lies;
            var asked = (await page.AskForNewAsync()).Is(201);
            var made = authenticator.Make(asked.Body.GetProperty("options"), page.Origin);
            secrets.AddRange([asked.Text("ceremony"), asked.Body.GetProperty("options").GetProperty("challenge").GetString()!, $"{made["response"]!["attestationObject"]}"]);
            await page.AddAsync(asked.Text("ceremony"), made);
        }
        foreach (var lies in new SoftAuthenticatorLies[] { new() { RpId = "evil.example" }, new() { Signature = [1, 2, 3] }, new() { User = "x" }, new() })
        {
            authenticator.Lies = lies;
            var asked = (await door.AskWhoAsync()).Is(201);
            var signed = authenticator.Sign(asked.Body.GetProperty("options"), door.Origin);
            var answer = await door.LogInAsync(asked.Text("ceremony"), signed);
            secrets.AddRange([asked.Text("ceremony"), asked.Body.GetProperty("options").GetProperty("challenge").GetString()!]);
            if (lies == new SoftAuthenticatorLies())
                secrets.AddRange([answer.Is(201).Text("session"), answer.Text("known"), $"{signed["response"]!["signature"]}"]);
        }

        // The check itself is able to fail.
        Assert.NotEmpty(logs.With("/api/v1/logins/passkey"));
        Assert.All(secrets, secret => Assert.Empty(logs.With(secret)));
    }
}
