namespace ClusterDns.Testing.Conformance;

/// <summary>
/// Compares a reply with the set's. Order within a section is free, but a CNAME stands before what it leads to; the serial
/// of a cluster zone may be any number; of a reply that was cut, the count must match and the records be some of the whole
/// answer's.
/// </summary>
internal static class ConformanceComparer
{
    private const string AnySerial = "SERIAL";
    private const int SerialField = 5;

    /// <summary>Gives the differences as sentences; none if the reply is as expected.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="query">The packet that was sent.</param>
    /// <param name="reply">The packet that came back.</param>
    /// <param name="askInFull">Sends the same packet over TCP and gives that reply; called only where replies were cut.</param>
    public static IReadOnlyList<string> Compare(ConformanceCase asked, byte[] query, byte[] reply, Func<byte[]> askInFull)
    {
        ConformanceReply actual;
        try
        {
            actual = ReplyDecoder.Decode(query, reply);
        }
        catch (FormatException malformed)
        {
            return [malformed.Message];
        }

        var expected = asked.Expected;
        var differences = new List<string>();
        CompareText(differences, "rcode", expected.ResponseCode, actual.ResponseCode);
        CompareText(differences, "flags", string.Join(' ', expected.Flags.Order()), string.Join(' ', actual.Flags.Order()));
        CompareText(differences, "OPT", expected.Edns ?? "none", actual.Edns ?? "none");
        CompareSection(differences, "authority", expected.Authority, actual.Authority);
        if (expected.IsTruncated)
        {
            CompareCutAnswer(differences, expected, actual, ReplyDecoder.Decode(query, askInFull()));
        }
        else
        {
            CompareSection(differences, "answer", expected.Answer, actual.Answer);
            CompareSection(differences, "additional", expected.Additional, actual.Additional);
        }

        CheckAliasesComeFirst(differences, actual.Answer);
        return differences;
    }

    private static void CompareText(List<string> differences, string what, string expected, string actual)
    {
        if (expected != actual)
        {
            differences.Add($"{what}: expected {expected}, got {actual}");
        }
    }

    private static void CompareSection(
        List<string> differences,
        string section,
        IReadOnlyList<string> expected,
        IReadOnlyList<string> actual)
    {
        var got = actual.Select(record => expected.Contains(HideSerial(record)) ? HideSerial(record) : record);
        CompareText(
            differences,
            section,
            string.Join(" | ", expected.Order(StringComparer.Ordinal)),
            string.Join(" | ", got.Order(StringComparer.Ordinal)));
    }

    private static void CompareCutAnswer(
        List<string> differences,
        ConformanceReply expected,
        ConformanceReply actual,
        ConformanceReply full)
    {
        CompareText(differences, "answer count", $"{expected.AnswerCount}", $"{actual.AnswerCount}");
        var foreign = actual.Answer.Except(full.Answer).ToArray();
        if (foreign.Length > 0 || actual.Answer.Distinct().Count() != actual.AnswerCount)
        {
            differences.Add($"answer: not a part of the whole answer: {string.Join(" | ", foreign)}");
        }

        if (full.IsTruncated || full.AnswerCount <= actual.AnswerCount)
        {
            differences.Add($"answer over TCP: {full.AnswerCount} records, cut: {full.IsTruncated}");
        }
    }

    private static string HideSerial(string record)
    {
        var fields = record.Split(' ');
        if (fields.Length > SerialField && fields[2] == "SOA" && uint.TryParse(fields[SerialField], out _))
        {
            fields[SerialField] = AnySerial;
        }

        return string.Join(' ', fields);
    }

    private static void CheckAliasesComeFirst(List<string> differences, IReadOnlyList<string> answer)
    {
        for (var i = 0; i < answer.Count; i++)
        {
            var fields = answer[i].Split(' ');
            var target = fields[^1];
            if (fields[2] == "CNAME" && answer.Take(i).Any(record => IsOwnedBy(record, target)))
            {
                differences.Add($"answer: {answer[i]} stands behind what it leads to");
            }
        }
    }

    private static bool IsOwnedBy(string record, string owner) =>
        string.Equals(record.Split(' ')[0], owner, StringComparison.OrdinalIgnoreCase);
}
