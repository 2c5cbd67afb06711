using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>Finds the chart that a request names, or says why there is none.</summary>
public sealed class ChartRequests(MetricCatalogue catalogue, ReportOptions reportOptions)
{
    /// <param name="id">The id as the path has it.</param>
    /// <param name="parameters">The query.</param>
    /// <param name="find">Answers for a chart; null where there is none.</param>
    /// <param name="missing">Answers for a name without a chart; null says that there is none.</param>
    public async Task<IResult> AnswerAsync(
        string id, IQueryCollection parameters, Func<ChartOfSeries, ChartQuery, Task<IResult?>> find, Func<ChartOfSeries, IResult>? missing = null)
    {
        if (!ChartId.TryParse(id, catalogue, out var chart))
            return NoChart(id);
        if (!ChartQuery.TryParse(parameters, chart.Metric.Kind, out var query, out var error))
            return Answers.Problem(StatusCodes.Status400BadRequest, error);
        if (await find(new ChartOfSeries(chart, query.By), query) is { } answer)
            return answer;

        // A host may leave the slash in a name escaped.
        var unescaped = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (unescaped != id)
            return await AnswerAsync(unescaped, parameters, find, missing);
        return missing?.Invoke(new ChartOfSeries(chart, query.By)) ?? NoChart(chart);
    }

    private static IResult NoChart(string id) =>
        Answers.Problem(StatusCodes.Status404NotFound, $"There is no chart \"{id}\". GET /charts lists what there is.");

    /// <summary>What is not said: whether no system has it, or some do.</summary>
    private IResult NoChart(ChartId chart)
    {
        if (chart.Name is not { } name)
            return NoChart(chart.Id);

        var minimum = reportOptions.MinimumLabelSystems;
        var days = reportOptions.MinimumNameDays == 1 ? "every day" : "all days but one";
        var reason = minimum == 1
            ? $"no system reported it on {days} so far"
            : $"fewer than {minimum} systems reported it on {days} so far, which is counted as \"{LabelBounds.Other}\", or none did";
        return Answers.Problem(StatusCodes.Status404NotFound, $"There is no chart of \"{name}\": {reason}. GET /charts lists what there is.");
    }
}
