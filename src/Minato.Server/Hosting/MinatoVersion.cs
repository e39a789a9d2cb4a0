namespace Minato.Server;

/// <summary>What this build calls itself.</summary>
public static class MinatoVersion
{
    public static readonly string Number = typeof(MinatoVersion).Assembly.GetName().Version!.ToString(3);

    internal static readonly string Server = $"minato/{Number}";
}
