using System.Net;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Sending;

namespace TelemetryFunctions.Tests.Standalone.Relay;

public sealed class SentAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, """{"detail":"The key does not match."}""", "Refused")]
    [InlineData(HttpStatusCode.Forbidden, "<html>Blocked by your network</html>", "Away")]
    [InlineData(HttpStatusCode.Gone, "<html>We moved</html>", "Away")]
    [InlineData(HttpStatusCode.Unauthorized, "", "Refused")]
    [InlineData(HttpStatusCode.NotFound, """{"detail":"There is nothing."}""", "Away")]
    [InlineData(HttpStatusCode.OK, "<html>Log in</html>", "Away")]
    [InlineData(HttpStatusCode.Forbidden, """{"detail":"\ud800"}""", "Away")]
    [InlineData(HttpStatusCode.OK, """{"accepted":0,"duplicate":0,"rejected":1,"errors":[{"index":0,"reason":"\ud800"}]}""", "Away")]
    [InlineData(HttpStatusCode.OK, """{"accepted":0,"duplicate":0,"rejected":1,"errors":[null]}""", "Taken")]
    public async Task Only_the_service_itself_refuses_an_item(HttpStatusCode status, string body, string outcome)
    {
        using var response = new HttpResponseMessage(status) { Content = new StringContent(body) };

        var result = await SentAnswer.ReadAsync(response, RelayKind.Events, Now, CancellationToken.None);

        Assert.Equal(outcome, result.Outcome.ToString());
    }

    [Fact]
    public async Task Who_wants_a_key_of_a_report_is_not_the_service()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("""{"detail":"Sign in."}""") };

        Assert.Equal(SendOutcome.Away, (await SentAnswer.ReadAsync(response, RelayKind.Report, Now, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task What_it_says_is_noted_as_one_line_that_no_terminal_obeys()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"detail":"no\u001b[2J\nnever"}""") };

        var result = await SentAnswer.ReadAsync(response, RelayKind.Report, Now, CancellationToken.None);

        Assert.Equal("400 no\uFFFD[2J never", result.Note);
    }

    [Fact]
    public void A_day_whose_items_all_fail_does_not_end_the_run_unless_nobody_answers()
    {
        using var tally = new RelayTally(2);
        var first = tally.BeginDay();
        tally.Add(new SendResult(SendOutcome.Away, "500", IsAnswered: true));
        tally.Add(new SendResult(SendOutcome.Away, "500", IsAnswered: true));
        Assert.True(first.IsCancellationRequested);
        Assert.False(tally.IsOver);

        var second = tally.BeginDay();
        Assert.False(second.IsCancellationRequested);
        tally.Add(new SendResult(SendOutcome.Away, "no route"));
        tally.Add(new SendResult(SendOutcome.Away, "no route"));
        Assert.True(second.IsCancellationRequested);
        Assert.True(tally.IsOver);
    }
}
