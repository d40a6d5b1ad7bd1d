namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>A name of a zone; its number is its place in the zone.</summary>
/// <param name="FirstSet">Where its records' sets begin.</param>
/// <param name="SetCount">None for a name that exists only because of others below it.</param>
/// <param name="Wildcard">The node <c>*</c> right below this one, or <see cref="FileZone.None"/>.</param>
/// <param name="Cover">
/// The highest name at or above this one that leads away from here: a delegation, or a DNAME above it. The apex's own NS
/// records are none. <see cref="FileZone.None"/> for what the zone itself answers.
/// </param>
internal readonly record struct ZoneNode(int FirstSet, int SetCount, int Wildcard, int Cover);
