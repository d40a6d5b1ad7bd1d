using ClusterDns.Operations.Bounds;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations.Bounds;

[TestFixture]
internal sealed class MemoryLimitTests
{
    private const string Version2 = "sys/fs/cgroup";
    private const string Version1 = "sys/fs/cgroup/memory";
    private const string Pod = "kubepods.slice/kubepods-pod7.slice";

    private string _root = "";

    [SetUp]
    public void CreateRoot() => _root = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    [TearDown]
    public void DeleteRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public void NoControlGroups_IsNoLimit() => Assert.That(MemoryLimit.Read(_root), Is.Null);

    [TestCase("178257920\n", 178_257_920)]
    [TestCase("max\n", null)]
    [TestCase("", null)]
    [TestCase("-1\n", null)]
    [TestCase("0\n", null)]
    [TestCase("170Mi\n", null)]
    [TestCase("99999999999999999999999999\n", null)]
    public void Version2_InAContainer_IsTheRootsLimit(string text, long? octets)
    {
        Write("proc/self/cgroup", "0::/\n");
        Write($"{Version2}/memory.max", text);
        Assert.That(MemoryLimit.Read(_root), Is.EqualTo(octets));
    }

    [Test]
    public void Version2_BelowOthers_IsTheLeastOfThem()
    {
        Write("proc/self/cgroup", $"0::/{Pod}/container\n");
        Write($"{Version2}/{Pod}/container/memory.max", "300000000\n");
        Write($"{Version2}/{Pod}/memory.max", "200000000\n");
        Write($"{Version2}/kubepods.slice/memory.max", "max\n");
        Assert.That(MemoryLimit.Read(_root), Is.EqualTo(200_000_000));
    }

    [Test]
    public void Version2_NextToOthers_TakesNothingOfThem()
    {
        Write("proc/self/cgroup", $"0::/{Pod}/container\n");
        Write($"{Version2}/{Pod}/other/memory.max", "1000000\n");
        Write($"{Version2}/{Pod}/container/memory.max", "max\n");
        Assert.That(MemoryLimit.Read(_root), Is.Null);
    }

    [TestCase("178257920\n", 178_257_920)]
    [TestCase("9223372036854771712\n", null)]
    public void Version1_WithTheNodesPath_IsTheMountsLimit(string text, long? octets)
    {
        Write("proc/self/cgroup", $"5:cpu,cpuacct:/elsewhere\n4:memory:/{Pod}/container\n1:name=systemd:/\n");
        Write($"{Version1}/memory.limit_in_bytes", text);
        Assert.That(MemoryLimit.Read(_root), Is.EqualTo(octets));
    }

    [Test]
    public void BothVersions_SideBySide_TheLeastCounts()
    {
        Write("proc/self/cgroup", "4:memory:/job\n0::/job\n");
        Write($"{Version1}/job/memory.limit_in_bytes", "100000000\n");
        Write($"{Version2}/unified/job/memory.max", "90000000\n");
        Assert.That(MemoryLimit.Read(_root), Is.EqualTo(90_000_000));
    }

    [TestCase("0::/../../../../etc\n")]
    [TestCase("nonsense\n::\n0:\n\n:::::\n")]
    public void Path_ThatLeadsElsewhere_IsNotFollowed(string membership)
    {
        Write("proc/self/cgroup", membership);
        Write("etc/memory.max", "1\n");
        Write($"{Version2}/memory.max", "max\n");
        Assert.That(MemoryLimit.Read(_root), Is.Null);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
