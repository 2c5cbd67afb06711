using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TelemetryFunctions.Client.Http;

namespace TelemetryFunctions.Client.Events;

/// <summary>Sends a batch once, and tells what came of it.</summary>
internal sealed class EventPost(HttpClient http, TelemetryEventsOptions options, TimeProvider clock)
{
    private static readonly MediaTypeHeaderValue Protobuf = new("application/x-protobuf");

    public Uri Address { get; } = SiteAddress.Below(options.Endpoint!, "events");

    /// <exception cref="OperationCanceledException">There is no more time.</exception>
    public async Task<PostResult> TryAsync(PackedBatch batch, CancellationToken deadline)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline);
        try
        {
            using var request = Request(batch);
            using var response = await http.SendAsync(request, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            return new PostResult.Failed($"there was no answer within {options.RequestTimeout.TotalSeconds} seconds");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // Such as the page of a proxy: the service has said nothing yet.
            return new PostResult.Failed("the answer is not that of the service");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new PostResult.Failed(e.Message);
        }
    }

    private HttpRequestMessage Request(PackedBatch batch) => new(HttpMethod.Post, Address)
    {
        Headers = { { "x-functions-key", options.Key } },
        Content = new ByteArrayContent(batch.Body) { Headers = { ContentType = Protobuf, ContentEncoding = { "gzip" } } },
    };

    private async Task<PostResult> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadFromJsonAsync(EventsJson.Default.EventsAnswer, cancellation) is { } answer
                ? new PostResult.Answered(answer)
                : throw new JsonException();
        }

        return (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            ? new PostResult.Failed($"the service answered {(int)response.StatusCode}", AskedFor(response.Headers.RetryAfter))
            : new PostResult.Refused((int)response.StatusCode, await Problem.ReadAsync(response, cancellation));
    }

    private TimeSpan AskedFor(RetryConditionHeaderValue? retryAfter) =>
        retryAfter?.Delta ?? (retryAfter?.Date is { } date ? date - clock.GetUtcNow() : TimeSpan.Zero);
}
