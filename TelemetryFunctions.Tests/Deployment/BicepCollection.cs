namespace TelemetryFunctions.Tests.Deployment;

/// <summary>The classes that share one installation of the evaluator's packages.</summary>
[CollectionDefinition(Name)]
public sealed class BicepCollection : ICollectionFixture<BicepFixture>
{
    public const string Name = "bicep";
}
