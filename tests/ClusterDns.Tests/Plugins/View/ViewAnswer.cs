using ClusterDns.Records;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.View;

/// <summary>A reply in words: <c>RCODE [TYPE DATA]...</c></summary>
internal static class ViewAnswer
{
    public static string Of(byte[] reply)
    {
        ReplyReader.TryRead(reply, out var fields);
        return string.Join(' ', ReplyRecord.ReadAll(reply, fields.QuestionEnd)
            .Where(record => record.Section == Section.Answer)
            .Select(record => $"{Mnemonic.Of(record.Type)} {record.Data}")
            .Prepend(Mnemonic.Of(fields.Code)));
    }
}
