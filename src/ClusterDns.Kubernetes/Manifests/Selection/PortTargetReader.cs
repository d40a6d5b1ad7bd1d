using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary><c>spec.ports</c> of a Service, as far as they lead to ports of pods.</summary>
internal sealed class PortTargetReader(ObjectProblems problems)
{
    private readonly List<PortTarget> _targets = [];

    public IReadOnlyList<PortTarget> Targets => _targets;

    public void Clear() => _targets.Clear();

    public void Read(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, "ports", problems))
        {
            return;
        }

        while (json.NextItem())
        {
            if (json.TryEnter(JsonTokenType.StartObject, "a port", problems))
            {
                ReadPort(ref json);
            }
        }
    }

    private void ReadPort(ref Utf8JsonReader json)
    {
        var (name, protocol, target) = ("", "", "");
        var (number, targetNumber) = (PortRecord.None, PortRecord.None);
        while (json.NextField())
        {
            if (json.IsField("name"u8))
            {
                name = json.ReadText("a port's name", problems);
            }
            else if (json.IsField("protocol"u8))
            {
                protocol = json.ReadText("a port's protocol", problems);
            }
            else if (json.IsField("port"u8))
            {
                number = json.ReadPortNumber("a port's number", problems);
            }
            else if (!json.IsField("targetPort"u8))
            {
                json.SkipField();
            }
            else if (json.TokenType == JsonTokenType.String)
            {
                target = json.ReadText("a port's targetPort", problems);
            }
            else
            {
                targetNumber = json.ReadPortNumber("a port's targetPort", problems);
            }
        }

        // The API server fills in both of these.
        protocol = protocol.Length == 0 ? "TCP" : protocol;
        targetNumber = targetNumber == PortRecord.None ? number : targetNumber;
        _targets.Add(new PortTarget(name, protocol, targetNumber, target));
    }
}
