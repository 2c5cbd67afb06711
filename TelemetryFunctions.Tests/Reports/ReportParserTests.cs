using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

public sealed class ReportParserTests
{
    private const int Bodies = 20_000;

    private static readonly byte[] Valid = ReportBuilder.Report(7, ("core", "3.21.4"), ("rpm", "3.25.1")).ToByteArray();

    private static readonly byte[] ValidJson = Encoding.UTF8.GetBytes(
        """{"systemId":"01234567-89ab-cdef-0123-456789abcdef","components":[{"name":"core","version":"3.21.4"}],"online_workers":{"processes":4294967295},"postgresqlVersion":160004,"more":{"a":[1,null,true,"\u00e9"]}}""");

    [Theory]
    [InlineData("0123456789abcdef0123456789ABCDEF")]
    [InlineData("01234567-89AB-cdef-0123-456789abcdef")]
    public void A_system_id_may_have_dashes_and_any_case(string id)
    {
        var body = new TelemetryFunctions.Reports.Schema.Report { SystemId = id }.ToByteArray();

        Assert.Equal("0123456789abcdef0123456789abcdef", ReportParser.Parse(body, ReportFormat.Protobuf).System.ToString());
    }

    [Fact]
    public void JSON_takes_both_name_forms_and_ignores_unknown_fields()
    {
        var (_, report) = ReportParser.Parse(ValidJson, ReportFormat.Json);

        Assert.Equal("core", Assert.Single(report.Components).Name);
        Assert.Equal(uint.MaxValue, report.OnlineWorkers.Processes);
        Assert.False(report.OnlineWorkers.HasHosts);
        Assert.Equal(160004u, report.PostgresqlVersion);
    }

    [Fact]
    public void JSON_may_begin_with_a_byte_order_mark() =>
        ReportParser.Parse([.. Encoding.UTF8.Preamble, .. ValidJson], ReportFormat.Json);

    [Theory]
    [InlineData("postgresql_version", true)]
    [InlineData("postgresqlVersion", true)]
    [InlineData("components", true)]
    [InlineData("online_workers", true)]
    [InlineData("rbac_stats", false)]
    public void A_field_of_the_schema_can_be_forbidden(string name, bool isSent)
    {
        var members = new ReportMembers(null, new HashSet<string> { name });

        if (isSent)
            Assert.Contains($"\"{name}\"", Assert.Throws<RequestRejectedException>(() => ReportParser.Parse(ValidJson, ReportFormat.Json, members)).Message, StringComparison.Ordinal);
        else
            ReportParser.Parse(ValidJson, ReportFormat.Json, members);
    }

    /// <summary>Field numbers are what installations send: they may never change.</summary>
    [Fact]
    public void The_wire_format_is_that_of_deployed_installations()
    {
        byte[] wire =
        [
            0x0a, 32, .. Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"),
            0x12, 4, 0x08, 5, 0x10, 2,
            0x1a, 4, 0x08, 9, 0x10, 3,
            0x22, 14, 0x0a, 4, .. "core"u8, 0x12, 6, .. "3.21.4"u8,
            0x28, 0x84, 0xe2, 0x09,
            0x32, 10, 0x08, 1, 0x10, 2, 0x18, 3, 0x20, 4, 0x28, 5,
            0xaa, 0x06, 3, .. "new"u8,
        ];

        var (_, report) = ReportParser.Parse(wire, ReportFormat.Protobuf);

        Assert.Equal((5u, 2u), (report.OnlineContentApps.Processes, report.OnlineContentApps.Hosts));
        Assert.Equal((9u, 3u), (report.OnlineWorkers.Processes, report.OnlineWorkers.Hosts));
        Assert.Equal(("core", "3.21.4"), (report.Components[0].Name, report.Components[0].Version));
        Assert.Equal(160004u, report.PostgresqlVersion);
        Assert.Equal((1u, 2u, 3u), (report.RbacStats.Users, report.RbacStats.Groups, report.RbacStats.Domains));
        Assert.Equal((4u, 5u), (report.RbacStats.CustomAccessPolicies, report.RbacStats.CustomRoles));
    }

    [Fact]
    public void Random_and_mutated_bodies_give_a_report_or_a_rejection()
    {
        var random = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();
        var mutated = Gen.Elements(Valid, ValidJson).SelectMany(body => Mutations(body));
        var bodies = Gen.OneOf(random, mutated, mutated, mutated).Zip(Gen.Elements(ReportFormat.Protobuf, ReportFormat.Json));

        var seen = 0;
        Prop.ForAll(bodies.ToArbitrary(), body =>
        {
            seen++;
            try
            {
                ReportParser.Parse(body.Item1, body.Item2);
            }
            catch (RequestRejectedException e)
            {
                Assert.InRange(e.Status, 400, 499);
                Assert.NotEmpty(e.Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Bodies));

        Assert.True(seen >= Bodies);
    }

    /// <summary>A few bytes changed, cut out, doubled or put in.</summary>
    private static Gen<byte[]> Mutations(byte[] body) =>
        Gen.Choose(0, body.Length - 1).Four().Zip(Gen.Choose(0, 255).Four()).Zip(Gen.Choose(0, 3)).Select(choice =>
        {
            var ((at, bytes), kind) = choice;
            var mutated = body.ToList();
            switch (kind)
            {
                case 0:
                    mutated[at.Item1] = (byte)bytes.Item1;
                    mutated[at.Item2] = (byte)bytes.Item2;
                    mutated[at.Item3] = (byte)bytes.Item3;
                    break;
                case 1:
                    mutated.RemoveRange(Math.Min(at.Item1, at.Item2), Math.Abs(at.Item1 - at.Item2));
                    break;
                case 2:
                    mutated.InsertRange(at.Item1, body[Math.Min(at.Item3, at.Item4)..Math.Max(at.Item3, at.Item4)]);
                    break;
                default:
                    mutated.InsertRange(at.Item1, [(byte)bytes.Item1, (byte)bytes.Item2, (byte)bytes.Item3, (byte)bytes.Item4]);
                    break;
            }

            return mutated.ToArray();
        });
}
