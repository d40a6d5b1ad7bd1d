namespace ClusterDns.Wire;

/// <summary>Changes the names of records while they are copied from one message into another.</summary>
public interface INameMap
{
    /// <summary>The index of a record's owner; those of the names in its rdata follow, in their order.</summary>
    const int Owner = 0;

    /// <summary>
    /// Changes a name in place, or leaves it. False when there is nothing that it could become: then the record is not
    /// copied.
    /// </summary>
    /// <param name="record">The record, in the message it is copied from.</param>
    /// <param name="index">Which of its names: <see cref="Owner"/>, or one in its rdata from 1 on.</param>
    /// <param name="name">255 octets; the name stands in front, uncompressed, and so does what it becomes.</param>
    /// <param name="length">Octets of the name, root included.</param>
    bool TryMap(in RecordView record, int index, Span<byte> name, ref int length);
}
