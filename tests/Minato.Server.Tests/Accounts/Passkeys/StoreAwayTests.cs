using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;
using Minato.Core.Storage;
using Minato.Server.Accounts;
using Minato.Server.Accounts.Passkeys;
using Minato.Storage;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Accounts.Passkeys;

/// <summary>The framework's handler calls whatever goes wrong a bad passkey; a database that is away is none.</summary>
public sealed class StoreAwayTests
{
    private static readonly PasskeySite Site = new("localhost", "http://localhost:8080");

    [Fact]
    public async Task A_store_that_cannot_be_asked_is_said_to_be_away()
    {
        var authenticators = new Authenticators(DispatchProxy.Create<IAccountStore, Away>(), new MemoryVouchers(new ManualTime()), new Pseudonyms([]));
        using var authenticator = new SoftAuthenticator { Lies = new() { User = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(Guid.NewGuid().ToString("n"))) } };
        var http = new DefaultHttpContext();
        var asked = await authenticators.AskWhoAsync(http, Site);
        var signed = authenticator.Sign(JsonDocument.Parse(asked.Options).RootElement, Site.Origin);
        var prove = (await authenticators.ReadWhoAsync(http, Site, asked.Ceremony, signed.ToJsonString()))!;
        await Assert.ThrowsAsync<StoreAwayException>(prove);
    }

#pragma warning disable CA1852 // The proxy is derived from it.
    private class Away : DispatchProxy
#pragma warning restore CA1852
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new StoreAwayException("away");
    }
}
