using System.Text;
using Minato.Core.Files;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Tests.Files;

public sealed class FileLinksTests
{
    private static readonly Guid One = Guid.Parse("0197a3c0-0000-7000-8000-000000000001"), Two = Guid.Parse("0197a3c0-0000-7000-8000-000000000002");

    [Fact]
    public void Files_are_found_wherever_a_message_names_them_each_once() => Assert.Equal(
        [One, Two],
        In($"見て![港]({Path(One)}#800x600)、[x](https://chat.example.org{Path(Two)}) {Path(One)}"));

    [Theory]
    [InlineData("no file")]
    [InlineData("/api/v1/files/")]
    [InlineData("/api/v1/files/0197a3c0-0000-7000-8000-000000000001")]
    [InlineData("/api/v1/files/0197a3c0-0000-7000-8000-00000000000x/x")]
    [InlineData("/api/v1/files/0197a3c000007000800000000000000100000/x")]
    [InlineData("/API/v1/files/0197a3c0-0000-7000-8000-000000000001/x")]
    public void What_is_no_such_path_is_none(string body) => Assert.Empty(In(body));

    [Fact]
    public void One_message_names_so_many_and_no_more()
    {
        var body = string.Join('\n', Enumerable.Range(0, StoredFile.MaxOfMessage + 5).Select(i => Path(new Guid(i, 0, 0, new byte[8]))));
        Assert.Equal(StoredFile.MaxOfMessage, In(body).Count);
    }

    [Fact]
    public void The_path_of_a_file_leads_to_it_whatever_its_name()
    {
        var file = new StoredFile(One, new RoomId(1), 1, new UserId(1), "a b/c?#(d)港.txt", FileType.Unknown, 1, []);
        Assert.Equal($"/api/v1/files/{One}/a%20b%2Fc%3F%23%28d%29%E6%B8%AF.txt", FileLinks.PathOf(file));
        Assert.Equal([One], In(FileLinks.PathOf(file)));
    }

    private static string Path(Guid uid) => $"{FileLinks.Prefix}{uid}/x.png";

    private static IReadOnlyList<Guid> In(string body) => FileLinks.In(Encoding.UTF8.GetBytes(body));
}
