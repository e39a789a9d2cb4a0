using System.Text.Json;
using System.Text.RegularExpressions;
using Minato.Core.Commands;
using Minato.Server.Http.Api;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Tests.Http.Api;

/// <summary>The description says of the API what it is. That every answer is as described is asserted wherever a test asks, by <see cref="ApiClient"/>.</summary>
public sealed partial class OpenApiTests
{
    private readonly OpenApiDescription _description = new(JsonDocument.Parse(OpenApiEndpoint.Document).RootElement);

    [Fact]
    public void It_describes_every_address_and_method_and_no_other() =>
        Assert.Equal(ApiRoutes.All.Select(r => (r.Method, r.Path)).Order(), _description.Operations.Order());

    [Fact]
    public void It_names_every_code_and_no_other() =>
        Assert.Equal(Enum.GetValues<Refusal>().Select(Codes.Of).Append("bad_cid").Concat(Problem.OwnCodes).Order(StringComparer.Ordinal), _description.Codes.Order(StringComparer.Ordinal));

    [Fact]
    public void It_names_every_parameter_that_an_address_knows()
    {
        foreach (var route in ApiRoutes.All)
        {
            var operation = _description.Document.GetProperty("paths").GetProperty(route.Path).GetProperty(route.Method.ToLowerInvariant());
            var parameters = operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray().Select(Resolve).ToList() : [];
            Assert.Equal(route.Query.Order(), Named("query").Order());
            Assert.Equal(PathParameter().Matches(route.Pattern).Select(m => m.Groups["name"].Value).Order(), Named("path").Order());
            Assert.Equal(route.IsMutation ? ["Idempotency-Key"] : [], Named("header"));

            IEnumerable<string> Named(string where) => parameters.Where(p => p.GetProperty("in").GetString() == where).Select(p => p.GetProperty("name").GetString()!);
        }
    }

    [Fact]
    public void It_names_the_status_that_each_address_answers_with()
    {
        foreach (var route in ApiRoutes.All)
            Assert.Equal([$"{route.Status}", "default"], _description.Document.GetProperty("paths").GetProperty(route.Path).GetProperty(route.Method.ToLowerInvariant())
                .GetProperty("responses").EnumerateObject().Select(r => r.Name));
    }

    [Fact]
    public async Task It_is_served_as_it_is()
    {
        await using var server = await RunningServer.StartAsync();
        var (status, headers, body) = await server.RequestAsync("GET /openapi/v1.json HTTP/1.1\nHost: localhost\n\n");
        Assert.Equal((200, "application/json"), (status, headers["Content-Type"]));
        Assert.Equal("3.0.3", JsonDocument.Parse(body).RootElement.GetProperty("openapi").GetString());
    }

    /// <summary>The check itself must be able to fail.</summary>
    [Theory]
    [InlineData("""{"cid":"c","room":"0197a000-0000-7000-8000-000000000001","seq":1,"id":"x","ts":1}""", null)]
    [InlineData("""{"cid":"c","room":"lobby","seq":1,"id":"x","ts":1}""", "no UUID")]
    [InlineData("""{"cid":"c","room":"0197a000-0000-7000-8000-000000000001","seq":-1,"id":"x","ts":1}""", "below")]
    [InlineData("""{"cid":"c","room":"0197a000-0000-7000-8000-000000000001","id":"x","ts":1}""", "no seq")]
    [InlineData("""{"cid":"c","room":"0197a000-0000-7000-8000-000000000001","seq":1,"id":"x","ts":1,"extra":1}""", "extra")]
    [InlineData("""{"cid":null,"room":"0197a000-0000-7000-8000-000000000001","seq":1,"id":"x","ts":1}""", "null")]
    public void An_answer_that_is_otherwise_than_described_is_noticed(string answer, string? problem)
    {
        var found = _description.Contradict("PUT", "/api/v1/rooms/x/members/me", 200, "application/json", JsonDocument.Parse(answer).RootElement);
        if (problem is null)
            Assert.Null(found);
        else
            Assert.Contains(problem, found);
    }

    [Fact]
    public void So_is_one_that_is_not_described_at_all()
    {
        var empty = JsonDocument.Parse("{}").RootElement;
        Assert.NotNull(_description.Contradict("PUT", "/api/v1/rooms", 200, "application/json", empty));
        Assert.NotNull(_description.Contradict("GET", "/api/v1/rooms", 204, null, null));
        Assert.NotNull(_description.Contradict("GET", "/api/v1/rooms", 404, "application/json", empty));
    }

    private JsonElement Resolve(JsonElement parameter) => parameter.TryGetProperty("$ref", out var reference)
        ? _description.Document.GetProperty("components").GetProperty("parameters").GetProperty(reference.GetString()!.Split('/')[^1])
        : parameter;

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathParameter();
}
