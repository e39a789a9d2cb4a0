using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minato.Server.Tests;

// Written from https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data and #sctn-generating-an-attestation-object, not from what reads it.
/// <summary>An authenticator in software, and the browser before it: one key of ES256, which can be told to lie.</summary>
internal sealed class SoftAuthenticator : IDisposable
{
    [Flags]
    public enum Is
    {
        Present = 1,
        Verified = 4,
        BackupEligible = 8,
        BackedUp = 16,
    }

    private const byte HasAttestedData = 64;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string? _user;

    public byte[] RawId { get; init; } = RandomNumberGenerator.GetBytes(32);

    public Is Flags { get; set; } = Is.Present | Is.Verified;

    /// <summary>Null: it does not count.</summary>
    public uint? Count { get; set; }

    /// <summary>What to say instead of the truth.</summary>
    public SoftAuthenticatorLies Lies { get; set; } = new();

    /// <summary>As PublicKeyCredential.toJSON writes it.</summary>
    public JsonObject Make(JsonElement options, string origin)
    {
        _user = options.GetProperty("user").GetProperty("id").GetString();
        var data = AuthenticatorData(options.GetProperty("rp").GetProperty("id").GetString()!, HasAttestedData, AttestedData());
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical, convertIndefiniteLengthEncodings: true);
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString("none");
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString(data);
        writer.WriteEndMap();
        var attestation = Lies.Attestation is { } mend ? mend(writer.Encode()) : writer.Encode();
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", options, origin)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal", "hybrid", "carrier pigeon"),
        });
    }

    /// <summary>The same of a signature.</summary>
    public JsonObject Sign(JsonElement options, string origin)
    {
        Count++;
        var data = AuthenticatorData(options.GetProperty("rpId").GetString()!, 0, []);
        var client = ClientData("webauthn.get", options, origin);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(Lies.Signature ?? signature),
            ["userHandle"] = Lies.User ?? _user,
        });
    }

    public void Dispose() => _key.Dispose();

    private JsonObject Credential(JsonObject response)
    {
        var id = Base64Url.EncodeToString(RawId);
        return new JsonObject
        {
            ["id"] = id,
            ["rawId"] = id,
            ["type"] = "public-key",
            ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        };
    }

    private byte[] ClientData(string type, JsonElement options, string origin)
    {
        var data = new JsonObject
        {
            ["type"] = Lies.Type ?? type,
            ["challenge"] = Lies.Challenge ?? options.GetProperty("challenge").GetString(),
            ["origin"] = Lies.Origin ?? origin,
            ["crossOrigin"] = Lies.TopOrigin is not null,
        };
        if (Lies.TopOrigin is { } top)
            data["topOrigin"] = top;
        return Encoding.UTF8.GetBytes(data.ToJsonString());
    }

    // authenticatorData = SHA-256(rpId) flags[1] signCount[4] [attestedCredentialData]
    private byte[] AuthenticatorData(string rpId, byte flags, byte[] attested)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count ?? 0);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Lies.RpId ?? rpId)), (byte)((byte)Flags | flags), .. count, .. attested];
    }

    // attestedCredentialData = aaguid[16] length[2] credentialId COSE_Key
    private byte[] AttestedData()
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)RawId.Length);
        return [.. new byte[16], .. length, .. RawId, .. CoseKey()];
    }

    // https://www.rfc-editor.org/rfc/rfc9053#section-7.1.1: kty EC2, alg ES256, crv P-256, x, y
    private byte[] CoseKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(5);
        foreach (var (name, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            writer.WriteInt32(name);
            writer.WriteInt32(value);
        }
        writer.WriteInt32(-2);
        writer.WriteByteString(point.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(point.Y!);
        writer.WriteEndMap();
        return writer.Encode();
    }
}

/// <summary>What is null is true.</summary>
internal sealed record SoftAuthenticatorLies
{
    public string? Type { get; init; }

    public string? Challenge { get; init; }

    public string? Origin { get; init; }

    /// <summary>Of the page around a frame.</summary>
    public string? TopOrigin { get; init; }

    public string? RpId { get; init; }

    /// <summary>The user handle, in base64url.</summary>
    public string? User { get; init; }

    public byte[]? Signature { get; init; }

    public Func<byte[], byte[]>? Attestation { get; init; }
}
