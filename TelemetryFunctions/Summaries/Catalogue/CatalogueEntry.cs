using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>A mapping of the catalogue file. What is read of it is remembered, so that an unknown key is found.</summary>
internal sealed class CatalogueEntry(string file, YamlMappingNode node)
{
    private readonly HashSet<string> _read = [];

    /// <summary>The entry's first line.</summary>
    public long Line => node.Start.Line;

    /// <summary>The metric's id, or what else tells the entry from others, for errors; null before it is known.</summary>
    public string? Name { get; set; }

    /// <summary>What the entries are called, for errors.</summary>
    public string Noun { get; init; } = "metric";

    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value!);

    /// <summary>The entries of a list.</summary>
    /// <param name="key">The list.</param>
    /// <param name="noun">What they are called, for errors, where that is not what this entry is called.</param>
    public IEnumerable<CatalogueEntry> Entries(string key, string? noun = null)
    {
        if (Find(key) is not YamlSequenceNode { Children.Count: > 0 } list)
            throw Wrong(key, "it must be there and be a list");
        foreach (var child in list)
            yield return child is YamlMappingNode mapping ? new CatalogueEntry(file, mapping) { Noun = noun ?? Noun } : throw Wrong(child.Start, key, "every entry must be a mapping");
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string key) => OptionalText(key) ?? throw Wrong(key, "it is missing");

    /// <summary>A text, or null where the key is missing.</summary>
    public string? OptionalText(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } when !string.IsNullOrWhiteSpace(text) => text.Trim(),
        _ => throw Wrong(key, "it must be a text"),
    };

    /// <summary>True or false; false where the key is missing.</summary>
    public bool OptionalFlag(string key) => OptionalText(key) switch
    {
        null or "false" or "no" => false,
        "true" or "yes" => true,
        var text => throw Wrong(key, $"\"{text}\" must be true or false"),
    };

    /// <summary>A mapping, or null where the key is missing.</summary>
    public CatalogueEntry? OptionalEntry(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => new CatalogueEntry(file, mapping) { Name = Name, Noun = Noun },
        _ => throw Wrong(key, "it must be a mapping"),
    };

    /// <summary>A list of texts, or null where the key is missing.</summary>
    public IReadOnlyList<string>? OptionalList(string key) => Find(key) switch
    {
        null => null,
        YamlSequenceNode { Children.Count: > 0 } list => [.. list.Select(child => child is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : throw Wrong(child.Start, key, "every entry must be a text"))],
        _ => throw Wrong(key, "it must be a list of texts"),
    };

    /// <summary>A mapping of texts to texts; empty where the key is missing.</summary>
    public IReadOnlyDictionary<string, string> OptionalTexts(string key)
    {
        if (OptionalEntry(key) is not { } entry)
            return new Dictionary<string, string>();
        return entry.Keys.ToDictionary(name => name, entry.Text, StringComparer.Ordinal);
    }

    /// <summary>Whatever is there, or null where the key is missing.</summary>
    public YamlNode? OptionalNode(string key) => Find(key);

    /// <summary>One of some values, by name.</summary>
    public T OneOf<T>(string key, IReadOnlyList<T> values, Func<T, string> name)
    {
        var text = Text(key);
        foreach (var value in values)
        {
            if (name(value) == text)
                return value;
        }

        throw Wrong(key, $"\"{text}\" must be one of {string.Join(", ", values.Select(name))}");
    }

    /// <summary>Refuses keys that nothing has asked for.</summary>
    public void RefuseRest()
    {
        foreach (var (key, _) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } text } || !_read.Contains(text))
                throw Wrong(key.Start, $"{key}", $"there is no such key; there are {string.Join(", ", _read.Order())}");
        }
    }

    /// <summary>The error for a key: the place, the entry, and what is wrong.</summary>
    public StartupException Wrong(string key, string error)
    {
        var place = node.Children.Keys.FirstOrDefault(child => child is YamlScalarNode scalar && scalar.Value == key);
        return Wrong(place?.Start ?? node.Start, key, error);
    }

    /// <summary>The error for what stands below a key.</summary>
    public StartupException Wrong(YamlNode place, string key, string error) => Wrong(place.Start, key, error);

    private StartupException Wrong(Mark place, string key, string error) =>
        new($"{file}, line {place.Line}{(Name is null ? "" : $", {Noun} \"{Name}\"")}: {key}: {error}.");

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
