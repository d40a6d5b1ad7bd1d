using System.Text.Json.Nodes;
using ClusterDns.Cli;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Health;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Ready;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;
using ClusterDns.Tests.Corefile;
using ClusterDns.Transport.Tcp;
using ClusterDns.Transport.Udp;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>The Deployment agrees with the program, with its Corefile and with the image.</summary>
[TestFixture]
internal sealed class DeploymentTests
{
    private static readonly DeployedObject Deployment = DeployFolder.Object("base/deployment.yaml", "Deployment");

    private static readonly DeployedObject Pod = new((JsonObject)Deployment.At("spec.template.spec")!);

    private static readonly DeployedObject Container = Pod.Parts("containers").Single();

    private static readonly ServerBlock Block =
        new CorefileLoader(new DiskFiles(), _ => null, CorefileFixture.KnownDirectives)
            .LoadFile(DeployFolder.PathOf("base/Corefile")).Blocks.Single();

    [Test]
    public void Ports_ComparedWithTheCorefile_AreWhatItOpens()
    {
        var port = CommandLine.Parse([]).DefaultPort;
        var metrics = PrometheusDirective.Parse(Block.Lines("prometheus").Single()).Address;
        var health = HealthDirective.Parse(Block.Lines("health").Single()).Address;
        var ready = ReadyDirective.Parse(Block.Lines("ready").Single()).Address;

        Assert.That(Block.Keys.Single().Text, Is.EqualTo($".:{port}"));
        Assert.That(
            Container.Parts("ports").Select(entry => $"{entry.Text("name")} {entry.Text("protocol")} :{entry.Text("containerPort")}"),
            Is.EqualTo([
                $"dns UDP :{port}", $"dns-tcp TCP :{port}", $"metrics TCP {metrics}",
                $"liveness-probe TCP {health}", $"readiness-probe TCP {ready}",
            ]));
    }

    [TestCase("livenessProbe", "liveness-probe")]
    [TestCase("readinessProbe", "readiness-probe")]
    public async Task Probe_AskedOfARunningServer_IsAnswered(string probe, string port)
    {
        const string Address = "127.0.0.1:0";
        await using var server = await RunningServer.StartAsync(
            $".:0 {{\n health {Address}\n ready {Address}\n whoami\n}}", RepositoryFiles.PathOf("deploy/example"));
        using var client = new HttpClient();

        using var reply = await client.GetAsync($"http://{server.PageEndpoint(Address)}{Container.Text($"{probe}.httpGet.path")}");

        Assert.That(reply.IsSuccessStatusCode);
        Assert.That(Container.Text($"{probe}.httpGet.port"), Is.EqualTo(port));
    }

    [Test]
    public void Arguments_Parsed_NameTheMountedCorefile()
    {
        var line = CommandLine.Parse(Container.Texts("args"));
        var mount = Container.Parts("volumeMounts").Single();
        var volume = Pod.Parts("volumes").Single();

        Assert.That(line.Error, Is.Null);
        Assert.That(line.CorefilePath, Is.EqualTo($"{mount.Text("mountPath")}/{volume.Text("configMap.items[0].path")}"));
        Assert.That(volume.Text("name"), Is.EqualTo(mount.Text("name")));
        Assert.That(volume.Text("configMap.name"), Is.EqualTo(ConfigMap().Text("name")));
        Assert.That(volume.Text("configMap.items[0].key"), Is.EqualTo(ConfigMap().Text("files[0]")));
    }

    [Test]
    public void GracePeriod_ComparedWithTheBoundsOfAStop_IsLonger()
    {
        var lameduck = HealthDirective.Parse(Block.Lines("health").Single()).Lameduck;
        var listeners = UdpOptions.DefaultStopTimeout + TcpOptions.DefaultStopTimeout;

        Assert.That(
            TimeSpan.FromSeconds(int.Parse(Pod.Text("terminationGracePeriodSeconds"), provider: null)),
            Is.GreaterThan(lameduck + QuietWatch.Longest + listeners));
    }

    [Test]
    public void Selectors_ComparedWithThePodsLabels_AreKubeadms()
    {
        Assert.That(Deployment.ToString(), Is.EqualTo("Deployment/coredns"));
        Assert.That(Deployment.Map("spec.selector.matchLabels"), Is.EqualTo(new Dictionary<string, string> { ["k8s-app"] = "kube-dns" }));
        Assert.That(Deployment.Map("spec.template.metadata.labels"), Is.EqualTo(Deployment.Map("spec.selector.matchLabels")));
        Assert.That(
            Pod.Map("affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector.matchLabels"),
            Is.EqualTo(Deployment.Map("spec.selector.matchLabels")));
        Assert.That(
            Pod.Map("topologySpreadConstraints[0].labelSelector.matchLabels"),
            Is.EqualTo(Deployment.Map("spec.selector.matchLabels")));
    }

    [Test]
    public void Pod_Compared_MayDoNoMoreThanKubeadms()
    {
        Assert.That(Container.Text("securityContext.allowPrivilegeEscalation"), Is.EqualTo("false"));
        Assert.That(Container.Text("securityContext.readOnlyRootFilesystem"), Is.EqualTo("true"));
        Assert.That(Container.Texts("securityContext.capabilities.drop"), Is.EqualTo(["ALL"]));
        Assert.That(Container.Texts("securityContext.capabilities.add"), Is.EqualTo(["NET_BIND_SERVICE"]));
        Assert.That(Pod.Text("securityContext.runAsNonRoot"), Is.EqualTo("true"));
        Assert.That(Pod.Text("securityContext.seccompProfile.type"), Is.EqualTo("RuntimeDefault"));
        Assert.That(Pod.Text("dnsPolicy"), Is.EqualTo("Default"));
        Assert.That(Pod.Text("priorityClassName"), Is.EqualTo("system-cluster-critical"));
    }

    [TestCase("kustomization.yaml")]
    [TestCase("beside/kustomization.yaml")]
    [TestCase("nodelocal/kustomization.yaml")]
    public void Image_Compared_IsThisVersionOfWhatTheDockerfileBuilds(string kustomization)
    {
        var image = new DeployedObject(YamlText.ReadAll(DeployFolder.Read(kustomization)).Single()).Parts("images").Single();

        Assert.That(image.Text("name"), Is.EqualTo(Container.Text("image")));
        Assert.That(RepositoryFiles.Read("Directory.Build.props"), Does.Contain($"<Version>{image.Text("newTag")}</Version>"));
        Assert.That(RepositoryFiles.Read("Dockerfile"), Does.Contain($"docker build -t {image.Text("name")}:{image.Text("newTag")} ."));
    }

    private static DeployedObject ConfigMap() =>
        new DeployedObject(YamlText.ReadAll(DeployFolder.Read("base/kustomization.yaml")).Single()).Parts("configMapGenerator").Single();
}
