using ClusterDns.Kubernetes.Manifests.Labels;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Labels;

[TestFixture]
internal sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Web = new()
    {
        ["app"] = "web",
        ["tier"] = "front",
        ["empty"] = "",
        ["example.com/owner"] = "team-a",
        ["in"] = "notin",
    };

    [TestCase("")]
    [TestCase("  \t\r\n ")]
    [TestCase("app=web")]
    [TestCase("app==web")]
    [TestCase(" app  =  web ")]
    [TestCase("app!=db")]
    [TestCase("absent!=db")]
    [TestCase("app in (db,web)")]
    [TestCase("app in ( db , web )")]
    [TestCase("app in(web)")]
    [TestCase("app notin (db)")]
    [TestCase("absent notin (db)")]
    [TestCase("app")]
    [TestCase("!absent")]
    [TestCase("! absent")]
    [TestCase("empty=")]
    [TestCase("empty=,app=web")]
    [TestCase("empty in (,x)")]
    [TestCase("empty in (x,)")]
    [TestCase("empty in (x,,y)")]
    [TestCase("empty in (,)")]
    [TestCase("example.com/owner=team-a")]
    [TestCase("in=notin")]
    [TestCase("in in (in,notin)")]
    [TestCase("app=web,tier in (front,back),!absent,app!=db")]
    public void Matches_SelectorThatHolds_IsTrue(string text)
    {
        Assert.That(LabelSelector.TryParse(text, out var selector), Is.True);
        Assert.That(selector!.Matches(Web), Is.True);
    }

    [TestCase("app=db")]
    [TestCase("app=WEB")]
    [TestCase("App=web")]
    [TestCase("app=")]
    [TestCase("app!=web")]
    [TestCase("app in (db)")]
    [TestCase("app notin (web,db)")]
    [TestCase("absent")]
    [TestCase("absent=")]
    [TestCase("absent in (x)")]
    [TestCase("!app")]
    [TestCase("app=web,tier=back")]
    public void Matches_SelectorThatDoesNotHold_IsFalse(string text)
    {
        Assert.That(LabelSelector.TryParse(text, out var selector), Is.True);
        Assert.That(selector!.Matches(Web), Is.False);
    }

    [TestCase(",")]
    [TestCase("app,")]
    [TestCase(",app")]
    [TestCase("app,,tier")]
    [TestCase("=web")]
    [TestCase("app=web tier=front")]
    [TestCase("app===web")]
    [TestCase("app=!web")]
    [TestCase("!app=web")]
    [TestCase("!")]
    [TestCase("!!app")]
    [TestCase("app web")]
    [TestCase("app in")]
    [TestCase("app in web")]
    [TestCase("app in ()")]
    [TestCase("app in (web")]
    [TestCase("app in web)")]
    [TestCase("app in (web db)")]
    [TestCase("app in (web))")]
    [TestCase("app in ((web))")]
    [TestCase("app IN (web)")]
    [TestCase("app notin ()")]
    [TestCase("app=(web)")]
    [TestCase("replicas>3")]
    [TestCase("replicas < 3")]
    [TestCase("-app=web")]
    [TestCase("app-=web")]
    [TestCase("a/b/c=web")]
    [TestCase("/app=web")]
    [TestCase("example.com/=web")]
    [TestCase("Example.com/owner=web")]
    [TestCase("example..com/owner=web")]
    [TestCase("-example.com/owner=web")]
    [TestCase("app=-web")]
    [TestCase("app=we/b")]
    [TestCase("app=\"web\"")]
    [TestCase("app in (wéb)")]
    public void TryParse_WhatTheApiServerRefuses_IsFalse(string text)
    {
        Assert.That(LabelSelector.TryParse(text, out var selector), Is.False);
        Assert.That(selector, Is.Null);
    }

    [TestCase(63, 63, 253, ExpectedResult = true)]
    [TestCase(64, 1, 1, ExpectedResult = false)]
    [TestCase(1, 64, 1, ExpectedResult = false)]
    [TestCase(1, 1, 254, ExpectedResult = false)]
    public bool TryParse_LongKeyOrValue_HoldsToTheLimit(int name, int value, int prefix) =>
        LabelSelector.TryParse($"{new string('p', prefix)}/{new string('n', name)}={new string('v', value)}", out _);
}
