using System.Diagnostics;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Manifests;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests;

/// <summary>Edits on a real disk, by event and by comparing.</summary>
[TestFixture]
internal sealed class ManifestFollowingTests
{
    private ManifestTemp _temp = null!;

    [SetUp]
    public void SetUp() => _temp = new ManifestTemp();

    [TearDown]
    public void TearDown() => _temp.Dispose();

    [Test]
    public async Task Follow_FilesThatComeChangeAndGo_AreFollowed()
    {
        _temp.Write("a.yaml", Service("a"));
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a");

        _temp.Write("b.yaml", Service("b"));
        await manifests.UntilServicesAsync("a", "b");
        _temp.Write("b.yaml", Service("c"));
        await manifests.UntilServicesAsync("a", "c");
        _temp.Replace("a.yaml", Service("d"));
        await manifests.UntilServicesAsync("c", "d");
        _temp.Write("below/e.json", """{"kind": "Service", "metadata": {"name": "e"}, "spec": {"clusterIP": "None"}}""");
        await manifests.UntilServicesAsync("c", "d", "e");
        _temp.Delete("b.yaml");
        await manifests.UntilServicesAsync("d", "e");
        Directory.Delete(_temp["below"], recursive: true);
        await manifests.UntilServicesAsync("d");

        Assert.That(manifests.Complaints, Is.Empty);
    }

    [Test]
    public async Task Follow_SingleFile_IsFollowedThroughReplacement()
    {
        _temp.Write("a.yaml", Service("a"));
        await using var manifests = new RunningManifests(_temp["a.yaml"]);
        await manifests.UntilServicesAsync("a");

        _temp.Replace("a.yaml", Service("b"));
        await manifests.UntilServicesAsync("b");
        _temp.Write("a.yaml", Service("c"));
        await manifests.UntilServicesAsync("c");
    }

    [Test]
    public async Task Follow_ConfigMapMount_IsFollowedThroughItsLinks()
    {
        _temp.Write("..v1/a.yaml", Service("a"));
        Directory.CreateSymbolicLink(_temp["..data"], "..v1");
        File.CreateSymbolicLink(_temp["a.yaml"], "..data/a.yaml");
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a");

        _temp.Write("..v2/a.yaml", Service("bb"));
        Directory.CreateSymbolicLink(_temp["..data_tmp"], "..v2");
        await RenameAsync("..data_tmp", "..data");
        Directory.Delete(_temp["..v1"], recursive: true);

        await manifests.UntilServicesAsync("bb");
    }

    [Test]
    public async Task Follow_FileBehindALink_IsComparedWithoutAnEvent()
    {
        using var elsewhere = new ManifestTemp().Write("target.yaml", Service("a"));
        File.CreateSymbolicLink(_temp["a.yaml"], elsewhere["target.yaml"]);
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a");

        elsewhere.Write("target.yaml", Service("longer"));

        await manifests.UntilServicesAsync("longer");
    }

    [Test]
    public async Task Follow_DirectoryPutInThePlaceOfAnother_IsComparedWithoutAnEvent()
    {
        _temp.Write("current/a.yaml", Service("a")).Write("next/a.yaml", Service("longer"));
        await using var manifests = new RunningManifests(_temp["current"]);
        await manifests.UntilServicesAsync("a");

        Directory.Move(_temp["current"], _temp["old"]);
        Directory.Move(_temp["next"], _temp["current"]);

        await manifests.UntilServicesAsync("longer");
    }

    [Test]
    public async Task Follow_BrokenEdit_KeepsTheGoodStateAndTellsOnce()
    {
        _temp.Write("a.yaml", $"{Service("a")}\n---\n{Service("b")}");
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a", "b");

        _temp.Write("a.yaml", $"{Service("a")}\n---\nkind: [\n---\n{Service("c")}");
        await manifests.UntilServicesAsync("a", "b", "c");
        var relists = manifests.Relists;
        _temp.Write("other.yaml", Service("d"));
        await manifests.UntilServicesAsync("a", "b", "c", "d");
        await manifests.UntilAsync(() => manifests.Relists > relists, "told again");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifests.Complaints, Has.Count.EqualTo(2));
            Assert.That(manifests.Complaints[0], Does.StartWith($"[Error] {_temp["a.yaml"]}:5: "));
            Assert.That(manifests.Complaints[1], Is.EqualTo(
                $"[Warning] {_temp["a.yaml"]}: 1 objects are served as they were before, until the file is mended"));
        }

        _temp.Write("a.yaml", Service("c"));
        await manifests.UntilServicesAsync("c", "d");
        Assert.That(manifests.Complaints, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Follow_BrokenEditTwice_TellsTwice()
    {
        _temp.Write("a.yaml", Service("a"));
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a");

        _temp.Write("a.yaml", "a: [");
        await manifests.UntilAsync(() => manifests.Complaints.Count == 2, "complaining once");
        _temp.Write("a.yaml", "a: [ ");
        await manifests.UntilAsync(() => manifests.Complaints.Count == 4, "complaining twice");

        await manifests.UntilServicesAsync("a");
    }

    [Test]
    public async Task Follow_ObjectMovedOutOfABrokenFile_IsTakenFromItsNewPlace()
    {
        _temp.Write("z.yaml", Service("a", "10.96.0.1"));
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a");

        _temp.Write("z.yaml", "a: [");
        _temp.Write("b.yaml", Service("a", "10.96.0.2"));

        await manifests.UntilAsync(() => manifests.Services.Contains("at 10.96.0.2 "), "moved");
        Assert.That(manifests.Complaints, Has.None.Contains("as well"));
    }

    [Test]
    public async Task Follow_UnreadableFile_StaysAsItWas()
    {
        _temp.Write("a.yaml", Service("a")).Write("b.yaml", Service("b"));
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a", "b");

        // Nobody, root included, can read a link that leads to itself.
        File.Delete(_temp["a.yaml"]);
        File.CreateSymbolicLink(_temp["a.yaml"], "a.yaml");
        _temp.Write("b.yaml", Service("c"));
        await manifests.UntilServicesAsync("a", "c");

        Assert.That(manifests.Complaints, Has.Count.EqualTo(1));
        Assert.That(manifests.Complaints[0], Does.StartWith("[Error] Manifest left out: ").And.Contain("a.yaml"));

        File.Delete(_temp["a.yaml"]);
        _temp.Write("a.yaml", Service("d"));
        await manifests.UntilServicesAsync("c", "d");
    }

    [Test]
    public async Task Follow_DirectoryThatIsGone_KeepsAllUntilItIsBack()
    {
        _temp.Write("current/a.yaml", Service("a"));
        await using var manifests = new RunningManifests(_temp["current"]);
        await manifests.UntilServicesAsync("a");

        Directory.Move(_temp["current"], _temp["away"]);
        await manifests.UntilAsync(() => manifests.Complaints.Count == 1, "complaining");
        Assert.That(manifests.Complaints[0], Does.Contain($"'{_temp["current"]}' does not exist"));
        Assert.That(manifests.Zone.ServiceCount, Is.EqualTo(1));

        _temp.Write("away/a.yaml", Service("longer"));
        Directory.Move(_temp["away"], _temp["current"]);
        await manifests.UntilServicesAsync("longer");
        Assert.That(manifests.Complaints, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Follow_FileThatGrowsTooLarge_StaysAsItWas()
    {
        _temp.Write("a.yaml", Service("a")).Write("b.yaml", Service("b"));
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.UntilServicesAsync("a", "b");

        await using (var file = File.OpenWrite(_temp["a.yaml"]))
        {
            file.SetLength(100_000_000);
        }

        await manifests.UntilAsync(() => manifests.Complaints.Count == 1, "complaining");
        Assert.That(manifests.Complaints[0], Is.EqualTo(
            $"[Error] Manifest left out: {_temp["a.yaml"]} has 100000000 bytes, and no more than {ManifestLimits.MaxFileBytes} are read"));
        await manifests.UntilServicesAsync("a", "b");
    }

    [Test]
    public async Task Start_EmptyDirectory_IsSyncedWithAWarning()
    {
        await using var manifests = new RunningManifests(_temp.Path);
        await manifests.SyncedAsync();

        Assert.That(manifests.Complaints, Is.EqualTo(
            [$"[Warning] {_temp.Path} holds no .yaml, .yml or .json file, so there are no names to serve"]));

        _temp.Write("a.yaml", Service("a"));
        await manifests.UntilServicesAsync("a");
    }

    [Test]
    public async Task Start_PodsAndServiceInTwoFiles_MeetEachOther()
    {
        _temp.Write("pods.yaml", "kind: Pod\nmetadata: {name: p, labels: {app: a}}\nstatus: {podIP: 10.0.0.1}");
        await using var manifests = new RunningManifests(new ClusterSourceOptions { ManifestPath = _temp.Path });
        await manifests.SyncedAsync();

        _temp.Write("service.yaml", "kind: Service\nmetadata: {name: a}\nspec: {clusterIP: None, selector: {app: a}}");
        await manifests.UntilAsync(() => manifests.EndpointsOf("default/a") == "10.0.0.1", "selecting");
        _temp.Delete("pods.yaml");
        await manifests.UntilAsync(() => manifests.EndpointsOf("default/a").Length == 0, "without pods");
    }

    // As the kubelet does it: one link takes the place of another, which .NET refuses where they lead to directories.
    private async Task RenameAsync(string from, string to)
    {
        using var move = Process.Start("mv", ["-T", _temp[from], _temp[to]]);
        await move.WaitForExitAsync();
        Assert.That(move.ExitCode, Is.Zero);
    }

    private static string Service(string name, string address = "None") =>
        $"kind: Service\nmetadata: {{name: {name}}}\nspec: {{clusterIP: {address}}}";
}
