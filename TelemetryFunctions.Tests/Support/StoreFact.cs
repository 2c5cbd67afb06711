using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace TelemetryFunctions.Tests.Support;

/// <summary>Marks a test class whose <see cref="StoreFactAttribute"/> tests run on Azurite.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAzuriteAttribute : Attribute;

/// <summary>
/// A test in a base class that runs on every adapter: skipped in the derived class marked with
/// <see cref="RequiresAzuriteAttribute"/> where Azurite is not installed, run in the others.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("TelemetryFunctions.Tests.Support.StoreFactDiscoverer", "TelemetryFunctions.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

public sealed class StoreFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute) =>
        new StoreTestCase(
            DiagnosticMessageSink,
            discoveryOptions.MethodDisplayOrDefault(),
            discoveryOptions.MethodDisplayOptionsOrDefault(),
            testMethod);
}

public sealed class StoreTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserializer only.")]
    public StoreTestCase()
    {
    }

    public StoreTestCase(
        IMessageSink diagnostics,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod method)
        : base(diagnostics, display, displayOptions, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute)
    {
        var onAzurite = TestMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresAzuriteAttribute)).Any();
        return onAzurite ? Azurite.WhyMissing : null;
    }
}
