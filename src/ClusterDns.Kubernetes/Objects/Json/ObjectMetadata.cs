using System.Collections.ObjectModel;
using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary><c>metadata</c> of one object, as far as anybody asks for it. Reused from object to object.</summary>
internal sealed class ObjectMetadata(ObjectReaderOptions options)
{
    private readonly TextPool _namespaces = new();
    private readonly TextPool _serviceNames = new();
    private readonly char[] _version = new char[NameRules.MaxNameLength];
    private int _versionLength;
    private string _namespace = "";
    private string _name = "";

    /// <summary>Empty names where the object gave none.</summary>
    public ObjectKey Key => new(_namespace, _name);

    /// <summary>
    /// Where a watch may resume; null without one, as in manifest files. Made into a string only here: the objects of a
    /// list have one each that nobody asks for.
    /// </summary>
    public string? ResourceVersion => _versionLength == 0 ? null : new string(_version, 0, _versionLength);

    /// <summary>The same as a number; <see cref="Objects.ResourceVersion.None"/> where it is none.</summary>
    public ulong VersionNumber => Objects.ResourceVersion.Read(_version.AsSpan(0, _versionLength));

    /// <summary>The object has a <c>deletionTimestamp</c>.</summary>
    public bool IsBeingDeleted { get; private set; }

    /// <summary>Label <c>kubernetes.io/service-name</c>; empty without it.</summary>
    public string ServiceName { get; private set; } = "";

    /// <summary>Annotation <c>endpoints.kubernetes.io/last-change-trigger-time</c>.</summary>
    public DateTimeOffset? LastChangeTrigger { get; private set; }

    /// <summary>Annotation <c>k8s.io/initial-events-end</c>: the bookmark that ends a streamed list.</summary>
    public bool EndsInitialEvents { get; private set; }

    /// <summary>All labels, only with <see cref="ObjectReaderOptions.KeepLabels"/>; a new dictionary for each object.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private set; } = ReadOnlyDictionary<string, string>.Empty;

    public void Clear()
    {
        _namespace = _name = ServiceName = "";
        _versionLength = 0;
        IsBeingDeleted = EndsInitialEvents = false;
        LastChangeTrigger = null;
        Labels = ReadOnlyDictionary<string, string>.Empty;
    }

    public void Read(ref Utf8JsonReader json, ObjectProblems problems)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "metadata", problems))
        {
            return;
        }

        Span<char> text = stackalloc char[NameRules.MaxNameLength];
        while (json.NextField())
        {
            if (json.IsField("name"u8))
            {
                _name = json.TryCopyText(text, "metadata.name", problems, out var length) ? text[..length].ToString() : "";
            }
            else if (json.IsField("namespace"u8))
            {
                _namespace = json.TryCopyText(text, "metadata.namespace", problems, out var length) ? _namespaces.Get(text[..length]) : "";
            }
            else if (json.IsField("resourceVersion"u8))
            {
                json.TryCopyText(_version, "metadata.resourceVersion", problems, out _versionLength);
            }
            else if (!TryReadMap(ref json, problems))
            {
                json.SkipField();
            }
        }
    }

    private bool TryReadMap(ref Utf8JsonReader json, ObjectProblems problems)
    {
        if (json.IsField("deletionTimestamp"u8))
        {
            IsBeingDeleted = json.TokenType != JsonTokenType.Null;
            json.TrySkip();
            return true;
        }

        if (json.IsField("labels"u8))
        {
            ReadLabels(ref json, problems);
            return true;
        }

        if (json.IsField("annotations"u8))
        {
            ReadAnnotations(ref json, problems);
            return true;
        }

        return false;
    }

    private void ReadLabels(ref Utf8JsonReader json, ObjectProblems problems)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "metadata.labels", problems))
        {
            return;
        }

        var kept = options.KeepLabels ? new Dictionary<string, string>() : null;
        Labels = kept ?? Labels;
        Span<char> text = stackalloc char[NameRules.MaxLabelLength];
        while (json.NextField())
        {
            var key = kept is null ? null : json.GetString();
            var isServiceName = json.ValueTextEquals("kubernetes.io/service-name"u8);
            json.Read();
            if (!isServiceName && key is null)
            {
                json.TrySkip();
            }
            else if (json.TryCopyText(text, "a label's value", problems, out var length))
            {
                Keep(isServiceName, kept, key, text[..length]);
            }
        }
    }

    private void Keep(bool isServiceName, Dictionary<string, string>? kept, string? key, ReadOnlySpan<char> value)
    {
        if (isServiceName)
        {
            ServiceName = _serviceNames.Get(value);
        }

        if (kept is not null && key is not null)
        {
            kept[key] = value.ToString();
        }
    }

    private void ReadAnnotations(ref Utf8JsonReader json, ObjectProblems problems)
    {
        if (!json.TryEnter(JsonTokenType.StartObject, "metadata.annotations", problems))
        {
            return;
        }

        while (json.NextField())
        {
            if (json.IsField("endpoints.kubernetes.io/last-change-trigger-time"u8))
            {
                LastChangeTrigger = ReadTime(ref json);
            }
            else if (json.IsField("k8s.io/initial-events-end"u8))
            {
                EndsInitialEvents = json.TokenType == JsonTokenType.String && json.ValueTextEquals("true"u8);
                json.TrySkip();
            }
            else
            {
                json.SkipField();
            }
        }
    }

    // The annotation is anybody's text and only feeds a metric: one that is no time is no problem worth a line.
    private static DateTimeOffset? ReadTime(ref Utf8JsonReader json)
    {
        var time = json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var read) ? read : (DateTimeOffset?)null;
        json.TrySkip();
        return time;
    }

    /// <summary>Why no record can be made under this name, or null. Fills in the default namespace.</summary>
    public string? Fault(ResourceKind kind)
    {
        if (_name.Length == 0)
        {
            return "has no metadata.name";
        }

        var isLabel = kind is ResourceKind.Namespace or ResourceKind.Service or ResourceKind.Endpoints;
        if (isLabel && !DnsLabel.IsValid(_name))
        {
            return $"has metadata.name {ObjectProblems.Show(_name)}, which is not a DNS label";
        }

        if (kind == ResourceKind.Namespace)
        {
            _namespace = "";
            return null;
        }

        _namespace = _namespace.Length == 0 ? options.DefaultNamespace ?? "" : _namespace;
        return DnsLabel.IsValid(_namespace)
            ? null
            : $"has metadata.namespace {ObjectProblems.Show(_namespace)}, which is not a DNS label";
    }
}
