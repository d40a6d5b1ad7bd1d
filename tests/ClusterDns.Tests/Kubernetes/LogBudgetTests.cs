using ClusterDns.Kubernetes;
using ClusterDns.Tests.Kubernetes.Zone;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes;

internal sealed class LogBudgetTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void Lines_BeyondTheBudget_AreCountedNotPassed()
    {
        var budget = new LogBudget(2, TimeSpan.FromMinutes(1), _time);

        Assert.That(budget.TryPass(out _), Is.True);
        Assert.That(budget.TryPass(out var held), Is.True);
        Assert.That(held, Is.Zero);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            Assert.That(budget.TryPass(out _), Is.False);
        }

        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.That(budget.TryPass(out held), Is.True);
        Assert.That(held, Is.EqualTo(3));
        Assert.That(budget.TryPass(out held), Is.True);
        Assert.That(held, Is.Zero);
        Assert.That(budget.TryPass(out _), Is.False);
    }
}
