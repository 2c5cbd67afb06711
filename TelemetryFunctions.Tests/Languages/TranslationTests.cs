using System.Text.RegularExpressions;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Tests.Languages;

/// <summary>What a language besides English must have.</summary>
public sealed partial class TranslationTests
{
    public static TheoryData<string> Others => [.. TextTables.All.Select(table => table.Language).Where(language => language != TextTables.Standard)];

    private static TextTable Standard => Texts.English.Table;

    [Theory]
    [MemberData(nameof(Others))]
    public void It_has_every_text_and_every_place_for_a_value(string language)
    {
        var table = TextTables.Find(language)!;

        Assert.Equal(Standard.Keys.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.All(Standard.Keys, key =>
        {
            var english = Standard.FindAll(key).ToList();
            var own = table.FindAll(key).ToList();

            // The singular may be a word: an hour.
            Assert.All(own, text => Assert.Empty(Places(text).Except(Places(english[^1]))));
            Assert.Equal(Places(english[^1]), Places(own[^1]));
            Assert.Equal(Tags(english[^1]), Tags(own[^1]));
            Assert.Equal(english.Count > 1, own.Count > 1);
        });
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void It_names_twelve_months(string language) => Assert.Equal(12, TextTables.Find(language)!.Months.Distinct().Count());

    private static List<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static List<string> Tags(string text) => [.. Tag().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
