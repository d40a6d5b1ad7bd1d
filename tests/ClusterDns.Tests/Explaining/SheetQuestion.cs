using ClusterDns.Explaining;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Explaining;

/// <summary>One question of a sheet.</summary>
/// <param name="Title">As the sheet has it.</param>
/// <param name="Request">What it asks.</param>
/// <param name="Expected">What a person is to read.</param>
internal sealed record SheetQuestion(string Title, ExplainRequest Request, string Expected)
{
    public static SheetQuestion Read(string title, string expected)
    {
        var words = title.Split(' ').ToList();
        var at = words.IndexOf("from");
        var from = at < 0 ? null : words[at + 1];
        var type = words.Count > 1 && Mnemonic.TryParse(words[1], out RecordType given) ? given : RecordType.A;
        return new SheetQuestion(title, new ExplainRequest(words[0], type, from), expected.Trim('\n'));
    }
}
