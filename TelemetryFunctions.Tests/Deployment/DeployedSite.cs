using System.Text.Json;

namespace TelemetryFunctions.Tests.Deployment;

/// <summary>
/// The resources that a deployment of <c>infra/</c> would send, as <c>bicep snapshot</c> predicts them. What only Azure
/// knows stays an expression, see <see cref="Reference"/>.
/// </summary>
internal sealed class DeployedSite(JsonElement snapshot)
{
    private IReadOnlyList<JsonElement> Resources { get; } = [.. snapshot.GetProperty("predictedResources").EnumerateArray()];

    /// <summary>The settings of the function app.</summary>
    public IReadOnlyDictionary<string, string> Settings => Only("Microsoft.Web/sites/config").GetProperty("properties")
        .EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);

    /// <summary>The resources that carry tags, which are those with a name in the resource group.</summary>
    public IEnumerable<JsonElement> Tagged => Resources.Where(resource => resource.TryGetProperty("tags", out var _));

    /// <summary>The resources of one type.</summary>
    public IEnumerable<JsonElement> Of(string type) =>
        Resources.Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>The only resource of a type.</summary>
    public JsonElement Only(string type) => Assert.Single(Of(type));

    /// <summary>A value of the only resource of a type, by its path: text, or a number or boolean as text.</summary>
    public string Value(string type, string path) =>
        path.Split('.').Aggregate(Only(type), (element, name) => element.GetProperty(name)).ToString();

    /// <summary>The expression of a value that the only resource of a type has once Azure made it.</summary>
    public string Reference(string type, string path) =>
        $"reference('{Value(type, "id")}', '{Value(type, "apiVersion")}').{path}";

    /// <summary>Whether the deployment gives this value back to azd.</summary>
    public bool HasOutput(string name) => snapshot.GetProperty("outputs").TryGetProperty(name, out var _);
}
