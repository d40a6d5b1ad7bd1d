using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary><c>spec.containers</c> of a Pod, as far as they name ports.</summary>
internal sealed class ContainerPortReader(ObjectProblems problems)
{
    private readonly List<ContainerPort> _ports = [];

    public IReadOnlyList<ContainerPort> Ports => _ports;

    public void Clear() => _ports.Clear();

    public void Read(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, "spec.containers", problems))
        {
            return;
        }

        while (json.NextItem())
        {
            if (json.TryEnter(JsonTokenType.StartObject, "a container", problems))
            {
                ReadContainer(ref json);
            }
        }
    }

    private void ReadContainer(ref Utf8JsonReader json)
    {
        while (json.NextField())
        {
            if (!json.IsField("ports"u8))
            {
                json.SkipField();
            }
            else if (json.TryEnter(JsonTokenType.StartArray, "a container's ports", problems))
            {
                ReadPorts(ref json);
            }
        }
    }

    private void ReadPorts(ref Utf8JsonReader json)
    {
        while (json.NextItem())
        {
            if (json.TryEnter(JsonTokenType.StartObject, "a container's port", problems))
            {
                ReadPort(ref json);
            }
        }
    }

    private void ReadPort(ref Utf8JsonReader json)
    {
        var (name, protocol) = ("", "");
        var number = PortRecord.None;
        while (json.NextField())
        {
            if (json.IsField("name"u8))
            {
                name = json.ReadText("a container port's name", problems);
            }
            else if (json.IsField("protocol"u8))
            {
                protocol = json.ReadText("a container port's protocol", problems);
            }
            else if (json.IsField("containerPort"u8))
            {
                number = json.ReadPortNumber("a container port's number", problems);
            }
            else
            {
                json.SkipField();
            }
        }

        if (name.Length > 0 && number != PortRecord.None)
        {
            _ports.Add(new ContainerPort(name, protocol.Length == 0 ? "TCP" : protocol, number));
        }
    }
}
