using System.Globalization;
using System.Net;

namespace Minato.Torture.Staging.Wires;

/// <summary>A network namespace of one server's own, and the wires that lead to it: one from the clients, and one from the database where that is another machine.</summary>
internal sealed class Berth
{
    private const int Port = 8080;
    private readonly string _name;

    /// <param name="number">From 1.</param>
    public Berth(int number, bool withDatabase)
    {
        Number = number;
        _name = Numbered("berth", number);
        Tool.Run("ip", "netns", "add", _name);
        Tool.Run("ip", "-n", _name, "link", "set", "lo", "up");
        Cable = Lay("quay", "ship", Numbered("10.77.", number));
        Server = new IPEndPoint(IPAddress.Parse($"{Numbered("10.77.", number)}.2"), Port);
        ToDatabase = withDatabase ? Lay("depot", "hold", Numbered("10.78.", number)) : null;
    }

    public int Number { get; }

    /// <summary>To the clients.</summary>
    public Cable Cable { get; }

    /// <summary>Null: its database needs no wire.</summary>
    public Cable? ToDatabase { get; }

    /// <summary>Where it is to listen.</summary>
    public IPEndPoint Server { get; }

    /// <summary>What is at the other end of its wire to the database.</summary>
    public string Database => $"{Numbered("10.78.", Number)}.1";

    /// <summary>A command line that runs inside.</summary>
    public string[] Inside(params string[] command) => ["ip", "netns", "exec", _name, .. command];

    private Cable Lay(string nameHere, string nameThere, string network)
    {
        var (here, there) = (new TunDevice(Numbered(nameHere, Number)), new TunDevice(Numbered(nameThere, Number)));
        Tool.Run("ip", "link", "set", there.Name, "netns", _name);
        Tool.Run("ip", "addr", "add", $"{network}.1/30", "dev", here.Name);
        Tool.Run("ip", "link", "set", here.Name, "up");
        Tool.Run("ip", "-n", _name, "addr", "add", $"{network}.2/30", "dev", there.Name);
        Tool.Run("ip", "-n", _name, "link", "set", there.Name, "up");
        return new Cable(here, there);
    }

    private static string Numbered(string name, int number) => name + number.ToString(CultureInfo.InvariantCulture);
}
