using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ClusterDns.Wire;

namespace ClusterDns.Records.ZoneFiles;

/// <summary>One record of a zone file, with what it leaves out taken from those before it.</summary>
internal static class ZoneRecordReader
{
    /// <param name="words">The record.</param>
    /// <param name="hasOwner">The first word is the owner.</param>
    /// <param name="scope">What stands for what is left out; remembers this record for the next.</param>
    /// <param name="record">What was read.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(
        IReadOnlyList<RecordWord> words,
        bool hasOwner,
        ZoneFileScope scope,
        [NotNullWhen(true)] out WireRecord? record,
        [NotNullWhen(false)] out string? error)
    {
        record = null;
        if (hasOwner)
        {
            if (!scope.TryRead(words[0], out var name))
            {
                error = $"'{words[0].Shown}' is not a domain name";
                return false;
            }

            scope.Owner = name;
        }

        if (scope.Owner is null)
        {
            error = "the first record begins with a blank, and no record before it has an owner";
            return false;
        }

        if (!RecordHeading.TryRead(words, hasOwner ? 1 : 0, out var heading, out error))
        {
            return false;
        }

        if (heading.Class != RecordClass.IN)
        {
            error = $"a record of class {Mnemonic.Of(heading.Class)} is in no zone of class IN";
            return false;
        }

        if (!RecordDataText.TryRead(heading.Type, heading.Class, words, heading.End, scope.Origin, out var data, out error))
        {
            return false;
        }

        scope.LastTimeToLive = heading.TimeToLive ?? scope.LastTimeToLive;
        if (heading.Type == RecordType.SOA)
        {
            // MINIMUM is its last field.
            scope.Minimum = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(^sizeof(uint)..)), int.MaxValue);
        }

        record = new WireRecord(scope.Owner, heading.Type, heading.Class, heading.TimeToLive ?? scope.TimeToLive, data);
        return true;
    }
}
