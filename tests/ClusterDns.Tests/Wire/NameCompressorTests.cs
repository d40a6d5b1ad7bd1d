using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>The table behind compression, with more names than it holds and with names chosen against it.</summary>
internal sealed class NameCompressorTests
{
    private readonly NameCompressor _names = new();
    private readonly List<byte> _message = [];

    [SetUp]
    public void StartOver()
    {
        _names.Clear();
        _message.Clear();
        _message.AddRange(new byte[MessageHeader.Size]);
    }

    [TestCase(0)]
    [TestCase(1_000)]
    [TestCase(int.MaxValue)]
    public void Resolve_ThousandNames_FindsEachAgain(int expected)
    {
        _names.Expect(expected);
        var targets = new int[1_000];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = _message.Count;
            Assert.That(Resolve($"n{i:D5}"), Is.EqualTo(NameCompressor.Root));
        }

        Assert.That(Enumerable.Range(0, targets.Length).Select(i => Resolve($"n{i:D5}")), Is.EqualTo(targets));
    }

    [Test]
    public void Resolve_MoreNamesThanTheTableHolds_FindsTheFirst()
    {
        for (var i = 0; i < 5_000; i++)
        {
            Write([2, (byte)(i >> 8), (byte)i]);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Resolve([2, 0, 0]), Is.EqualTo(MessageHeader.Size));
            Assert.That(Resolve([2, 4_999 >> 8, 4_999 & 0xFF]), Is.EqualTo(NameCompressor.Root), "written out each time");
        }
    }

    // A hash without secret can be attacked: labels are searched that all want one slot. What a lookup costs must not
    // grow with their number; they are then written out.
    [Test]
    public void Resolve_LabelsThatCollide_AreFoundOrWrittenOutButNeverWrong()
    {
        var colliding = FindColliding(64);
        var first = new Dictionary<string, int>();
        foreach (var label in colliding)
        {
            first[Convert.ToHexString(label)] = _message.Count;
            Write(label);
        }

        var found = 0;
        foreach (var label in colliding)
        {
            var name = Resolve(label);
            found += name == NameCompressor.Root ? 0 : 1;
            Assert.That(name, Is.EqualTo(NameCompressor.Root).Or.EqualTo(first[Convert.ToHexString(label)]));
        }

        Assert.That(found, Is.InRange(1, 16));
    }

    // When the table grows, labels are compared that stand anywhere: behind a short one at the end is nothing.
    [Test]
    public void Resolve_LabelsOfAllSizesWhileTheTableGrows_AreFoundAgainButForAFew()
    {
        const int Rounds = 2_000;
        var random = new Random(1);
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            StartOver();
            var labels = Enumerable.Range(0, 33).Select(i => $"{i}{new string('x', random.Next(10))}").ToArray();
            foreach (var label in labels)
            {
                var target = _message.Count;
                Resolve(label);
                var found = Resolve(label);
                lost += found == NameCompressor.Root ? 1 : 0;
                Assert.That(found, Is.EqualTo(NameCompressor.Root).Or.EqualTo(target));
            }
        }

        Assert.That(lost, Is.LessThan(Rounds / 100), "of 33 names in each round");
    }

    [Test]
    public void Resolve_SameLabelBeforeDifferentNames_AreDifferentNames()
    {
        var first = _message.Count;
        Write([1, (byte)'a', 1, (byte)'b']);
        var second = _message.Count;
        Write([1, (byte)'a', 1, (byte)'c']);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Resolve([1, (byte)'a', 1, (byte)'b']), Is.EqualTo(first));
            Assert.That(Resolve([1, (byte)'a', 1, (byte)'c']), Is.EqualTo(second));
            Assert.That(Resolve([1, (byte)'a']), Is.EqualTo(NameCompressor.Root));
        }
    }

    [Test]
    public void Clear_TableThatGrew_ForgetsAll()
    {
        for (var i = 0; i < 300; i++)
        {
            Write([2, (byte)(i >> 8), (byte)i]);
        }

        _names.Clear();

        Assert.That(Enumerable.Range(0, 300).Select(i => Resolve([2, (byte)(i >> 8), (byte)i])), Is.All.EqualTo(NameCompressor.Root));
    }

    // The largest table looks at twelve bits; smaller ones at fewer of the same.
    private static List<byte[]> FindColliding(int count)
    {
        var byHash = new Dictionary<int, List<byte[]>>();
        for (var i = 0; ; i++)
        {
            byte[] label = [4, (byte)(i >> 24), (byte)(i >> 16), (byte)(i >> 8), (byte)i];
            var hash = NameCompressor.Hash(NameCompressor.Root, label) & 0xFFF;
            if (!byHash.TryGetValue(hash, out var labels))
            {
                byHash[hash] = labels = [];
            }

            labels.Add(label);
            if (labels.Count == count)
            {
                return labels;
            }
        }
    }

    private int Resolve(string label) => Resolve((byte[])[(byte)label.Length, .. label.Select(character => (byte)character)]);

    /// <summary>Writes labels and gives the name that they can be replaced by.</summary>
    private int Resolve(byte[] labels)
    {
        var start = _message.Count;
        _message.AddRange(labels);
        var tail = NameCompressor.Root;
        var end = _names.Resolve(_message.ToArray(), start, _message.Count, ref tail);
        return end == start ? tail : NameCompressor.Root;
    }

    private void Write(byte[] labels) => Resolve(labels);
}
