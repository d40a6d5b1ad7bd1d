using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>Reads a Service a second time, for what only a controller wants to know of it.</summary>
internal sealed class ServiceSelectionReader(ObjectProblems problems)
{
    private readonly Dictionary<string, string> _selector = [];
    private readonly PortTargetReader _ports = new(problems);
    private bool _publishesNotReady;
    private bool _wantsIPv4;
    private bool _wantsIPv6;
    private bool _isDualStack;

    /// <param name="json">Before a whole Service.</param>
    public ServiceSelection Read(ref Utf8JsonReader json)
    {
        _selector.Clear();
        _ports.Clear();
        _publishesNotReady = _wantsIPv4 = _wantsIPv6 = _isDualStack = false;
        json.Read();
        while (json.NextField())
        {
            if (!json.IsField("spec"u8))
            {
                json.SkipField();
            }
            else if (json.TryEnter(JsonTokenType.StartObject, "spec", problems))
            {
                ReadSpec(ref json);
            }
        }

        return new ServiceSelection(
            new Dictionary<string, string>(_selector), [.. _ports.Targets], _publishesNotReady, _wantsIPv4, _wantsIPv6, _isDualStack);
    }

    private void ReadSpec(ref Utf8JsonReader json)
    {
        while (json.NextField())
        {
            if (json.IsField("selector"u8))
            {
                ReadSelector(ref json);
            }
            else if (json.IsField("ports"u8))
            {
                _ports.Read(ref json);
            }
            else if (json.IsField("publishNotReadyAddresses"u8))
            {
                _publishesNotReady = json.TokenType == JsonTokenType.True;
                json.TrySkip();
            }
            else if (json.IsField("ipFamilies"u8))
            {
                ReadFamilies(ref json);
            }
            else if (json.IsField("ipFamilyPolicy"u8))
            {
                _isDualStack = json.ReadText("spec.ipFamilyPolicy", problems) is "PreferDualStack" or "RequireDualStack";
            }
            else
            {
                json.SkipField();
            }
        }
    }

    private void ReadSelector(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "spec.selector", problems))
        {
            return;
        }

        while (json.NextField())
        {
            var key = json.GetString()!;
            json.Read();
            _selector[key] = json.ReadText("spec.selector", problems);
        }
    }

    private void ReadFamilies(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, "spec.ipFamilies", problems))
        {
            return;
        }

        while (json.NextItem())
        {
            var family = json.ReadText("spec.ipFamilies", problems);
            _wantsIPv4 |= family == "IPv4";
            _wantsIPv6 |= family == "IPv6";
        }
    }
}
