using System.Text.RegularExpressions;
using PhoneNumbers;

namespace TelemetryFunctions.Privacy;

/// <summary>Phone numbers: what is written as one, and is one by the numbering plans of the world.</summary>
internal static class PhoneRule
{
    // A plan to read numbers by that begin without a country.
    private static readonly string[] Regions = ["US", "DE", "GB", "FR"];

    private static readonly Regex Candidate = PersonalRule.Pattern(
        @"(^|[\s(:=,;/""'])(?<number>(\+|00)\d[\d ()./-]{6,20}\d|\(\d{3,5}\) ?\d[\d -]{4,9}\d|0\d{1,4}[ /-]{1,3}\d[\d -]{4,9}\d|\d{3}[.-]\d{3}[.-]\d{4}|tel:[\d+()-]{7,20})([^\d.]|$)");

    /// <remarks>A version may have a plus and a date.</remarks>
    public static readonly PersonalRule Rule = new("phone", IsIn);

    private static bool IsIn(string text) => Candidate.Matches(text).Any(match => Regions.Any(region => IsNumber(match.Groups["number"].Value, region)));

    private static bool IsNumber(string text, string region)
    {
        var util = PhoneNumberUtil.GetInstance();
        try
        {
            return util.IsValidNumber(util.Parse(text.StartsWith("00", StringComparison.Ordinal) ? "+" + text[2..] : text, region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
