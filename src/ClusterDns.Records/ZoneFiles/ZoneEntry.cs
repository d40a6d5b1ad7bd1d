namespace ClusterDns.Records.ZoneFiles;

/// <summary>One record or directive of a zone file.</summary>
/// <param name="Text">Without its comments; over several lines where parentheses hold them together.</param>
/// <param name="Line">The line it begins in, from 1.</param>
/// <param name="HasOwner">It does not begin with a blank, which would stand for the owner of the record before.</param>
internal readonly record struct ZoneEntry(string Text, int Line, bool HasOwner);
