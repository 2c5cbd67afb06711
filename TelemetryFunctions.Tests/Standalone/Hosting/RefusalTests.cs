using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Tests.Standalone.Hosting;

/// <summary>Functions that can't be hosted stop the start with one line that names them.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(typeof(TwoOfAName), "Two functions are named")]
    [InlineData(typeof(AdminRoute), "Odd")]
    [InlineData(typeof(RuntimeRoute), "Odd")]
    [InlineData(typeof(SlashRoute), "{root:maxlength(0)?}")]
    [InlineData(typeof(BrokenRoute), "items/{id")]
    [InlineData(typeof(UnboundParameter), "parameter name")]
    [InlineData(typeof(UnboundType), "DateTime")]
    [InlineData(typeof(UnboundResult), "IResult")]
    [InlineData(typeof(NoTrigger), "trigger")]
    [InlineData(typeof(AdminLevel), "Admin")]
    [InlineData(typeof(FiveFields), "0 * * * *")]
    [InlineData(typeof(TimerWithRequest), "request")]
    public void A_function_that_can_not_be_hosted_is_refused(Type functions, string hint)
    {
        var error = Assert.Throws<HostAbortedException>(() => TestHost.CreateBuilder().BuildHost([functions]));

        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

#pragma warning disable CA1822, IDE0060 // The host looks at the signatures only.
    public sealed class TwoOfAName
    {
        [Function("Same")]
        public void One([HttpTrigger(AuthorizationLevel.Anonymous, Route = "one")] HttpRequest request) { }

        [Function("same")]
        public void Two([HttpTrigger(AuthorizationLevel.Anonymous, Route = "two")] HttpRequest request) { }
    }

    public sealed class AdminRoute
    {
        [Function("Odd")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "Admin/x")] HttpRequest request) { }
    }

    public sealed class RuntimeRoute
    {
        [Function("Odd")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "runtimes")] HttpRequest request) { }
    }

    public sealed class SlashRoute
    {
        [Function("Odd")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "/")] HttpRequest request) { }
    }

    public sealed class BrokenRoute
    {
        [Function("Odd")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "items/{id")] HttpRequest request) { }
    }

    public sealed class UnboundParameter
    {
        [Function("Odd")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{id}")] HttpRequest request, string name)
        {
        }
    }

    public sealed class UnboundType
    {
        [Function("Odd")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{at}")] HttpRequest request, DateTime at)
        {
        }
    }

    public sealed class UnboundResult
    {
        [Function("Odd")]
        public int Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "x")] HttpRequest request) => 1;
    }

    public sealed class NoTrigger
    {
        [Function("Odd")]
        public void Run(HttpRequest request) { }
    }

    public sealed class AdminLevel
    {
        [Function("Odd")]
        public void Run([HttpTrigger(AuthorizationLevel.Admin, Route = "x")] HttpRequest request) { }
    }

    public sealed class FiveFields
    {
        [Function("Odd")]
        public void Run([TimerTrigger("0 * * * *")] TimerInfo timer) { }
    }

    public sealed class TimerWithRequest
    {
        [Function("Odd")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, HttpRequest request) { }
    }
#pragma warning restore CA1822, IDE0060
}
