using System.Text.Json;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>The resources that a deployment of <c>infra/</c> would send.</summary>
internal sealed class DeployedSite(JsonElement deployment)
{
    /// <summary>Every resource: <c>type</c>, <c>scope</c>, <c>parent</c> and <c>body</c>.</summary>
    public IReadOnlyList<JsonElement> Resources { get; } = [.. deployment.GetProperty("resources").EnumerateArray()];

    /// <summary>The settings of the function app.</summary>
    public IReadOnlyDictionary<string, string> Settings => Only("Microsoft.Web/sites/config").GetProperty("properties")
        .EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);

    /// <summary>The bodies of the resources that carry tags, which are those with a name in the resource group.</summary>
    public IEnumerable<JsonElement> Tagged => Resources.Select(resource => resource.GetProperty("body"))
        .Where(body => body.TryGetProperty("tags", out var _));

    /// <summary>The resources of one type.</summary>
    public IEnumerable<JsonElement> Of(string type) =>
        Resources.Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>The body of the only resource of a type.</summary>
    public JsonElement Only(string type) => Assert.Single(Of(type)).GetProperty("body");

    /// <summary>A value of the only resource of a type, by its path: text, or a number or boolean as text.</summary>
    public string Value(string type, string path) =>
        path.Split('.').Aggregate(Only(type), (element, name) => element.GetProperty(name)).ToString();

    /// <summary>Whether the deployment gives this value back to azd.</summary>
    public bool HasOutput(string name) => deployment.GetProperty("outputs").TryGetProperty(name, out var _);
}
