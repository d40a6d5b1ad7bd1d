namespace ClusterDns.Measuring;

/// <summary>
/// The cluster that everything is measured with: so many Services, spread over namespaces, each with the same number of
/// endpoints. The first ones are headless, the last two have 3 and 100 endpoints whatever the shape. Addresses and names
/// follow from the Service's number alone.
/// </summary>
/// <param name="Services">At most 130,000.</param>
/// <param name="EndpointsPerService">Ready endpoints of a Service, at most 100: one slice.</param>
internal sealed record ClusterShape(int Services, int EndpointsPerService)
{
    public const string Zone = "cluster.local";
    public const int ServicesPerNamespace = 100;

    /// <summary>One Service in so many is headless.</summary>
    private const int HeadlessEvery = 10;

    public const int SmallHeadless = 3;
    public const int LargeHeadless = 100;

    public int Namespaces => (Services + ServicesPerNamespace - 1) / ServicesPerNamespace;

    public int Endpoints => Enumerable.Range(0, Services).Sum(EndpointsOf);

    public int SmallHeadlessService => Services - 1;

    public int LargeHeadlessService => Services - 2;

    public bool IsHeadless(int service) => service % HeadlessEvery == 0 || service >= LargeHeadlessService;

    public int EndpointsOf(int service) =>
        service == SmallHeadlessService ? SmallHeadless
        : service == LargeHeadlessService ? LargeHeadless
        : EndpointsPerService;

    public static string Namespace(int number) => $"team-{number}";

    public static string NamespaceOf(int service) => Namespace(service / ServicesPerNamespace);

    public static string NameOf(int service) => $"service-{service}";

    /// <summary>Without a dot at the end.</summary>
    public static string DomainOf(int service) => $"{NameOf(service)}.{NamespaceOf(service)}.svc.{Zone}";

    /// <summary>The cluster address, in 10.64.0.0/10; another <paramref name="turn"/>, up to 31, gives another address.</summary>
    public static string AddressOf(int service, int turn = 0) =>
        $"10.{64 + (turn * 2) + (service >> 16)}.{(service >> 8) & 255}.{service & 255}";

    /// <summary>In 10.128.0.0/9, which has room for 8 million.</summary>
    public string EndpointAddress(int service, int endpoint)
    {
        var number = (service * Math.Max(EndpointsPerService, 1)) + endpoint;
        if (service >= LargeHeadlessService)
        {
            number = (8_000_000 + ((service - LargeHeadlessService) * LargeHeadless)) + endpoint;
        }

        return $"10.{128 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
    }

    /// <summary>Name of an endpoint without hostname: its address with dashes.</summary>
    public static string EndpointLabel(string address) => address.Replace('.', '-');

    public static string ReverseOf(string address) =>
        string.Join('.', address.Split('.').Reverse()) + ".in-addr.arpa";
}
