using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>Reads a Pod a second time, for what only a controller wants to know of it.</summary>
internal sealed class PodTraitsReader(ObjectProblems problems)
{
    private readonly ContainerPortReader _ports = new(problems);
    private string _hostname = "";
    private string _subdomain = "";
    private bool _isReady;

    /// <param name="json">Before a whole Pod.</param>
    public PodTraits Read(ref Utf8JsonReader json)
    {
        _ports.Clear();
        _hostname = _subdomain = "";
        _isReady = true;
        json.Read();
        while (json.NextField())
        {
            if (json.IsField("spec"u8))
            {
                ReadSpec(ref json);
            }
            else if (json.IsField("status"u8))
            {
                ReadStatus(ref json);
            }
            else
            {
                json.SkipField();
            }
        }

        return new PodTraits(_hostname, _subdomain, _isReady, [.. _ports.Ports]);
    }

    private void ReadSpec(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "spec", problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (json.IsField("hostname"u8))
            {
                _hostname = json.ReadText("spec.hostname", problems);
            }
            else if (json.IsField("subdomain"u8))
            {
                _subdomain = json.ReadText("spec.subdomain", problems);
            }
            else if (json.IsField("containers"u8))
            {
                _ports.Read(ref json);
            }
            else
            {
                json.SkipField();
            }
        }
    }

    private void ReadStatus(ref Utf8JsonReader json)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "status", problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (!json.IsField("conditions"u8))
            {
                json.SkipField();
            }
            else if (json.TryEnter(JsonTokenType.StartArray, "status.conditions", problems))
            {
                ReadConditions(ref json);
            }
        }
    }

    private void ReadConditions(ref Utf8JsonReader json)
    {
        while (json.NextItem())
        {
            if (json.TryEnter(JsonTokenType.StartObject, "a condition", problems))
            {
                ReadCondition(ref json);
            }
        }
    }

    private void ReadCondition(ref Utf8JsonReader json)
    {
        var (isAboutReady, isTrue) = (false, false);
        while (json.NextField())
        {
            if (json.IsField("type"u8))
            {
                isAboutReady = json.TokenType == JsonTokenType.String && json.ValueTextEquals("Ready"u8);
                json.TrySkip();
            }
            else if (json.IsField("status"u8))
            {
                isTrue = json.TokenType == JsonTokenType.String && json.ValueTextEquals("True"u8);
                json.TrySkip();
            }
            else
            {
                json.SkipField();
            }
        }

        _isReady &= !isAboutReady || isTrue;
    }
}
