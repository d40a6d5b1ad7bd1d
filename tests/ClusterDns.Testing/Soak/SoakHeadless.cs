using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Soak;

/// <summary>A headless Service with two slices, between which its endpoints move.</summary>
internal sealed class SoakHeadless
{
    private const int Endpoints = 6;
    private const int Slices = 2;

    private readonly FakeApiServer _api;
    private readonly SoakNamespace _space;
    private readonly string _name;
    private readonly Timeline<bool> _exists;
    private readonly List<SoakEndpoint> _endpoints;

    public SoakHeadless(FakeApiServer api, SoakNamespace space, int number, Func<TimeSpan> now)
    {
        _api = api;
        _space = space;
        _name = $"headless-{number}";
        _exists = new Timeline<bool>(first: false, now);
        _endpoints = [.. Enumerable.Range(0, Endpoints).Select(place => new SoakEndpoint(Domain, number, place, now))];
    }

    private string Domain => $"{_name}.{_space.Name}.svc.cluster.local.";

    public void Create()
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.IsReady.Changing(true);
            endpoint.IsListed = true;
        }

        _exists.Changing(true);
        PutSlices();
        _api.Put(ResourceKind.Service, $$"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"{{_name}}","namespace":"{{_space.Name}}"},"spec":{"clusterIP":"None","ports":[{"name":"http","protocol":"TCP","port":80}]} }
            """);
        AllChanged();
    }

    public void Delete()
    {
        _exists.Changing(false);
        foreach (var endpoint in _endpoints)
        {
            endpoint.IsReady.Changing(false);
            endpoint.IsListed = false;
        }

        _api.Delete(ResourceKind.Service, _space.Name, _name);
        for (var slice = 0; slice < Slices; slice++)
        {
            _api.Delete(ResourceKind.EndpointSlice, _space.Name, SliceName(slice));
        }

        AllChanged();
    }

    public void Toggle()
    {
        if (_exists.Latest)
        {
            Delete();
        }
        else
        {
            Create();
        }
    }

    /// <summary>An endpoint becomes ready, unready, or goes.</summary>
    public void ChangeEndpoint(Random random)
    {
        if (!_exists.Latest)
        {
            return;
        }

        var endpoint = _endpoints[random.Next(Endpoints)];
        endpoint.IsReady.Changing(!endpoint.IsReady.Latest);
        endpoint.IsListed = endpoint.IsReady.Latest || random.Next(2) == 0;
        PutSlice(endpoint.Slice);
        endpoint.IsReady.Changed();
    }

    /// <summary>An endpoint moves to the other slice, by two writes in either order; it is never gone.</summary>
    public void MoveEndpoint(Random random)
    {
        if (!_exists.Latest)
        {
            return;
        }

        var endpoint = _endpoints[random.Next(Endpoints)];
        var old = endpoint.Slice;
        endpoint.Slice = (old + 1) % Slices;
        var isLostFirst = random.Next(2) == 0;
        PutSlice(isLostFirst ? old : endpoint.Slice);
        PutSlice(isLostFirst ? endpoint.Slice : old);
    }

    public SoakQuestion AskAddresses() => Ask(Domain, RecordType.A, static endpoint => endpoint.Address);

    public SoakQuestion AskPorts() => Ask($"_http._tcp.{Domain}", RecordType.SRV, static endpoint => endpoint.Target);

    public SoakQuestion AskEndpoint(Random random)
    {
        var endpoint = _endpoints[random.Next(Endpoints)];
        return AskOne(endpoint.Target, RecordType.A, endpoint, endpoint.Address);
    }

    public SoakQuestion AskReverse(Random random)
    {
        var endpoint = _endpoints[random.Next(Endpoints)];
        return AskOne(string.Join('.', endpoint.Address.Split('.').Reverse()) + ".in-addr.arpa.", RecordType.PTR, endpoint, endpoint.Target);
    }

    private SoakQuestion AskOne(string name, RecordType type, SoakEndpoint endpoint, string data) =>
        new(name, type, IsOutside: false, (answer, from, to) => answer.IsMissing
            ? _space.WasMissing(from, to) || _exists.Between(from, to).Contains(false) || endpoint.WasMissing(from, to)
            : answer.Data is [var only] && only.EndsWith(data, StringComparison.Ordinal)
                && _exists.Between(from, to).Contains(true) && endpoint.WasReady(from, to));

    // What was ready all the time must be there, and nothing may be that never was.
    private SoakQuestion Ask(string name, RecordType type, Func<SoakEndpoint, string> dataOf) =>
        new(name, type, IsOutside: false, (answer, from, to) =>
        {
            if (answer.IsMissing && (_space.WasMissing(from, to) || _exists.Between(from, to).Contains(false)))
            {
                return true;
            }

            var possible = _endpoints.Where(endpoint => endpoint.WasReady(from, to)).ToList();
            var certain = possible.Where(endpoint => !endpoint.WasMissing(from, to)).ToList();

            // A headless Service without endpoints has no name, as with CoreDNS.
            if (answer.IsEmpty || answer.IsMissing)
            {
                return certain.Count == 0;
            }

            var told = answer.Data.Select(data => data[(data.LastIndexOf(' ') + 1)..]).ToList();
            return answer.Code == "NOERROR"
                && _exists.Between(from, to).Contains(true)
                && told.Distinct().Count() == told.Count
                && told.TrueForAll(data => possible.Exists(endpoint => dataOf(endpoint) == data))
                && certain.TrueForAll(endpoint => told.Contains(dataOf(endpoint)));
        });

    private void AllChanged()
    {
        _exists.Changed();
        _endpoints.ForEach(endpoint => endpoint.IsReady.Changed());
    }

    private void PutSlices()
    {
        for (var slice = 0; slice < Slices; slice++)
        {
            PutSlice(slice);
        }
    }

    private void PutSlice(int slice)
    {
        var endpoints = _endpoints.Where(endpoint => endpoint.IsListed && endpoint.Slice == slice).Select(endpoint => endpoint.Json);
        _api.Put(ResourceKind.EndpointSlice, $$"""
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"{{SliceName(slice)}}","namespace":"{{_space.Name}}","labels":{"kubernetes.io/service-name":"{{_name}}"} },"addressType":"IPv4","endpoints":[{{string.Join(',', endpoints)}}],"ports":[{"name":"http","protocol":"TCP","port":80}]}
            """);
    }

    private string SliceName(int slice) => $"{_name}-{slice}";
}
