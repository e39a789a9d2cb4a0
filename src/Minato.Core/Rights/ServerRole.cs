namespace Minato.Core.Rights;

/// <summary>What somebody is on the server as a whole. The numbers stand in the database, and are in order of rank.</summary>
public enum ServerRole
{
    /// <summary>Nobody knows who they are; the only role of one without an account.</summary>
    Guest = 0,

    Member = 1,

    /// <summary>Keeps order in public rooms; sees no more of the others than anybody else.</summary>
    Admin = 2,

    /// <summary>Also says who is what. There is always one, from the first on.</summary>
    Owner = 3,
}
