using Minato.Server.Accounts;

namespace Minato.Server.Tests.Accounts;

/// <summary>Secrets as people and programs hold them.</summary>
public sealed class SecretTests
{
    [Fact]
    public void A_recovery_code_is_the_same_however_it_is_copied_from_paper()
    {
        var code = RecoveryCode.New();
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$", code);
        var hash = RecoveryCode.Hash(code)!;
        Assert.Equal(hash, RecoveryCode.Hash(code.Replace("-", "").ToLowerInvariant()));
        Assert.Equal(hash, RecoveryCode.Hash(code.Replace('-', ' ').Replace('0', 'o').Replace('1', 'l')));
        Assert.NotEqual(hash, RecoveryCode.Hash(RecoveryCode.New()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-0000-0000-000")]
    [InlineData("0000-0000-0000-00000")]
    [InlineData("0000-0000-0000-000U")]
    [InlineData("0000-0000-0000-000é")]
    public void What_is_none_is_none(string text) => Assert.Null(RecoveryCode.Hash(text));

    [Fact]
    public void A_token_says_what_it_is_and_is_not_taken_for_a_session()
    {
        var token = AccessToken.New();
        Assert.Matches("^mnto_[A-Za-z0-9_-]{43}$", token.Text);
        Assert.Equal(token.Hash, AccessToken.Parse(token.Text)!.Hash);
        Assert.Null(Server.Sessions.SessionToken.Parse(token.Text));
        foreach (var other in new[] { "", "mnto_", token.Text[5..], token.Text + "x", "MNTO_" + token.Text[5..] })
            Assert.Null(AccessToken.Parse(other));
        Assert.DoesNotContain(token.Text, $"{token}");
    }

    [Fact]
    public void A_device_is_recognised_for_its_own_user_and_key_only()
    {
        var (ann, ben, devices) = (Guid.CreateVersion7(), Guid.CreateVersion7(), new KnownDevices([1, 2, 3]));
        var device = devices.Issue(ann);
        Assert.NotNull(devices.Recognise(ann, device));
        Assert.Equal(devices.Recognise(ann, device), devices.Recognise(ann, device));
        Assert.NotEqual(devices.Recognise(ann, device), devices.Recognise(ann, devices.Issue(ann)));
        Assert.Null(devices.Recognise(ben, device));
        Assert.Null(new KnownDevices([1, 2, 4]).Recognise(ann, device));
        foreach (var forged in new[] { null, "", "x", device[..^1], device + "A", (device[0] == 'A' ? 'B' : 'A') + device[1..], new string('!', device.Length) })
            Assert.Null(devices.Recognise(ann, forged));
    }
}
