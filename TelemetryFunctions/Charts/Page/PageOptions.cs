using System.Globalization;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What the page says about its site.</summary>
/// <param name="Product">The product whose installations report, shown in the title and the header; empty for none.</param>
public sealed record PageOptions(string Product = "")
{
    /// <summary>Characters of a product: what fits into a header.</summary>
    public const int MaxLength = 64;

    private const string ProductKey = "Telemetry:Product";

    /// <exception cref="StartupException">The product is too long.</exception>
    public static PageOptions Read(IConfiguration configuration)
    {
        var product = configuration[ProductKey]?.Trim() ?? "";
        return product.Length <= MaxLength
            ? new PageOptions(product)
            : throw SettingsReader.Unusable(ProductKey, product, string.Create(CultureInfo.InvariantCulture, $"a name of at most {MaxLength} characters"));
    }
}
