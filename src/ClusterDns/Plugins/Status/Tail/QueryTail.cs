using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status.Tail;

/// <summary>Who follows queries as they are answered. Nobody, nearly always: then a query pays for one look at a reference.</summary>
internal sealed class QueryTail(TimeProvider time)
{
    private readonly Lock _changing = new();
    private TailFollower[]? _followers;

    /// <summary>Null while nobody follows.</summary>
    public TailFollower[]? Followers => Volatile.Read(ref _followers);

    /// <summary>Shows an answered query to everybody whose filter lets it through.</summary>
    public static void Show(TailFollower[] followers, Query query, ServeResult result)
    {
        foreach (var follower in followers)
        {
            follower.Show(query, result);
        }
    }

    /// <summary>Null when there are enough followers. Given back by <see cref="Unfollow"/>.</summary>
    public TailFollower? Follow(TailFilter filter)
    {
        lock (_changing)
        {
            var followers = _followers ?? [];
            if (followers.Length >= StatusLimits.Tails)
            {
                return null;
            }

            var follower = new TailFollower(filter, time);
            Volatile.Write(ref _followers, [.. followers, follower]);
            return follower;
        }
    }

    public void Unfollow(TailFollower follower)
    {
        lock (_changing)
        {
            TailFollower[] left = [.. (_followers ?? []).Where(other => other != follower)];
            Volatile.Write(ref _followers, left.Length == 0 ? null : left);
        }
    }
}
