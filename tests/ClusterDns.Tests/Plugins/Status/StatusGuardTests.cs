using System.Net;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Status.Pages;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class StatusGuardTests
{
    private readonly StatusGuard _guard = new([]);

    [TestCase("127.0.0.1", ExpectedResult = 200)]
    [TestCase("127.8.9.10", ExpectedResult = 200)]
    [TestCase("::1", ExpectedResult = 200)]
    [TestCase("::ffff:127.0.0.1", ExpectedResult = 200)]
    [TestCase("10.244.0.7", ExpectedResult = 403)]
    [TestCase("::ffff:10.244.0.7", ExpectedResult = 403)]
    [TestCase("", ExpectedResult = 403, Description = "gone before its address was known")]
    public async Task<int> Local_ByTheConnection_WhateverHeadersClaim(string remote)
    {
        var context = Request(remote);
        context.Request.Headers["X-Forwarded-For"] = "127.0.0.1";
        context.Request.Headers["Forwarded"] = "for=127.0.0.1";
        await _guard.ProtectLocal(_ => Task.CompletedTask)(context);
        return context.Response.StatusCode;
    }

    [Test]
    public async Task Local_OverAUnixSocket_IsLetIn()
    {
        var context = Request("");
        context.Features.Set(new PageConnection(IsUnixSocket: true, CancellationToken.None));
        await _guard.ProtectLocal(_ => Task.CompletedTask)(context);

        Assert.That(context.Response.StatusCode, Is.EqualTo(200));
    }

    [TestCase("10.244.0.9:8053", ExpectedResult = 200, Description = "the address that was connected to")]
    [TestCase("10.244.0.8:8053", ExpectedResult = 421)]
    [TestCase("", ExpectedResult = 421)]
    public async Task<int> Host_InFigures_IsTheConnectionsOwn(string host)
    {
        var context = Request("10.244.0.7");
        context.Request.Host = new HostString(host);
        context.Connection.LocalIpAddress = IPAddress.Parse("::ffff:10.244.0.9");
        await _guard.Protect(_ => Task.CompletedTask)(context);
        return context.Response.StatusCode;
    }

    private static DefaultHttpContext Request(string remote)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString("localhost:8053");
        context.Connection.RemoteIpAddress = remote.Length == 0 ? null : IPAddress.Parse(remote);
        return context;
    }
}
