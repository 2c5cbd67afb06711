using TelemetryFunctions.Tests.Browser;
using TelemetryFunctions.Tests.Support;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("TelemetryFunctions.Tests.Support." + nameof(LongestFirst), "TelemetryFunctions.Tests")]

namespace TelemetryFunctions.Tests.Support;

/// <summary>Begins with the collections whose tests run one after the other for minutes: all else has time beside them, and not they alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [BrowserCollection.Name, AzuriteCollection.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.IndexOf(Longest, collection.DisplayName) is var place and >= 0 ? place : Longest.Length);
}
