namespace ClusterDns.Explaining;

/// <summary>
/// How near a name of a walk came to an answer. Most names of a search list were never meant by anybody; the one that came
/// nearest was, and its reason is worth an advice.
/// </summary>
internal static class Nearness
{
    /// <summary>Nothing of the name is known.</summary>
    public const int Far = 0;

    /// <summary>Some label happens to be known, as one is by chance.</summary>
    public const int Chance = 10;

    /// <summary>A server for the rest of the world denies the name.</summary>
    public const int Denied = 20;

    /// <summary>The name exists, and nobody would ask for it.</summary>
    public const int Empty = 30;

    /// <summary>No upstream could be heard.</summary>
    public const int Unheard = 40;

    /// <summary>A namespace that is nearly spelt so has such a Service.</summary>
    public const int Misspelt = 50;

    /// <summary>The namespace is there, the object is not.</summary>
    public const int NamespaceFound = 60;

    /// <summary>The object is there, and has not what is asked for.</summary>
    public const int ObjectFound = 70;

    /// <summary>Nothing can be said before something else is put right.</summary>
    public const int Blocked = 80;
}
