using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>
/// A fleet that grows, whose systems come, update at their own pace and go. Made of a fixed seed: the same for the same number
/// of days.
/// </summary>
internal sealed class DemoFleet
{
    private const int FirstSystems = 40;
    private const double NewSystemsPerDay = 1.6;

    // In a longer history no more systems come than in one of so many days, and none stays much longer: what a demo costs grows with its
    // days, and not with their square.
    private const int DaysOfFullGrowth = 2 * 365;
    private const int MostDaysOfLife = 3 * 365;

    private const double ShortLived = 0.25;

    private static readonly (string Name, int Major, int FirstMinor, int DaysBetweenMinors, double Share)[] Components =
    [
        ("core", 3, 30, 34, 1),
        ("rpm", 3, 20, 45, 0.72),
        ("container", 2, 14, 52, 0.48),
        ("file", 1, 12, 70, 0.65),
        ("python", 3, 8, 80, 0.27),
        ("ansible", 0, 18, 60, 0.19),
    ];

    private readonly List<DemoSystem> _systems = [];
    private readonly SampledValues _values;
    private readonly int _days;

    /// <param name="days">How many days the fleet has grown.</param>
    /// <param name="catalogue">What its systems report.</param>
    public DemoFleet(int days, MetricCatalogue catalogue)
    {
        _days = days;
        var random = new Random(20_261_121);
        for (var i = 0; i < FirstSystems; i++)
            _systems.Add(DemoSystem.Create(random, 0, days));
        var perDay = NewSystemsPerDay * Math.Min(1, (double)DaysOfFullGrowth / days);
        for (var day = 1; day <= days; day++)
        {
            for (var expected = perDay * (1 + (double)day / days); random.NextDouble() < expected; expected--)
                _systems.Add(DemoSystem.Create(random, day, days));
        }

        _values = new SampledValues(catalogue, _systems[0].ReportOn(0), Report.Descriptor.FindFieldByNumber(Report.SystemIdFieldNumber).Name);
    }

    /// <summary>The reports of a day, with the part of the day at which each is sent.</summary>
    public IEnumerable<(double TimeOfDay, Report Report)> ReportsOn(int day) =>
        from system in _systems
        where system.IsUpOn(day)
        orderby system.TimeOfDay
        select (system.TimeOfDay, ReportOn(system, day));

    private Report ReportOn(DemoSystem system, int day)
    {
        var report = system.ReportOn(day);
        _values.Complete(report, system.Id, (double)system.KnownOn(day) / (_days + 1));
        return report;
    }

    private sealed class DemoSystem
    {
        private readonly int _firstDay;
        private readonly int _lastDay;
        private readonly int _updateLag;
        private readonly double _size;
        private readonly uint _postgresql;
        private readonly bool[] _has;

        private DemoSystem(Random random, int firstDay, int days)
        {
            Span<byte> id = stackalloc byte[16];
            random.NextBytes(id);
            Id = new Guid(id);
            _firstDay = firstDay;
            _lastDay = firstDay + (random.NextDouble() < ShortLived ? 1 + random.Next(20) : 60 + random.Next(Math.Min(3 * days, MostDaysOfLife)));
            _updateLag = (int)(4 * Math.Exp(random.NextDouble() * 4.2));
            _size = Math.Exp(random.NextDouble() * 3);
            _postgresql = random.Next(5) switch { 0 => 130018u, 1 => 150010, 2 or 3 => 160006, _ => 170002 } - (uint)(random.NextDouble() < 0.3 ? 1 : 0);
            _has = [.. Components.Select(component => random.NextDouble() < component.Share)];
            TimeOfDay = random.NextDouble();
        }

        public Guid Id { get; }

        /// <summary>When in the day it reports, 0 to 1.</summary>
        public double TimeOfDay { get; }

        public static DemoSystem Create(Random random, int firstDay, int days) => new(random, firstDay, days);

        /// <summary>Up, and not one of the few days on which a report does not get through.</summary>
        public bool IsUpOn(int day) => _firstDay <= day && day <= _lastDay && Noise(day) % 40 != 0;

        /// <summary>The day whose releases it has: updates are taken when they are as old as this system is slow, and weekly even then.</summary>
        public int KnownOn(int day) => Math.Max(0, (day - _updateLag) / 7 * 7);

        public Report ReportOn(int day)
        {
            var known = KnownOn(day);
            var report = new Report
            {
                SystemId = Id.ToString(),
                OnlineWorkers = Processes(_size * 2, day),
                OnlineContentApps = Processes(_size, day),
                PostgresqlVersion = _postgresql,
                RbacStats = new RbacStats
                {
                    Users = (uint)(_size * 6),
                    Groups = (uint)(_size * 2),
                    Domains = (uint)(_size / 2),
                    CustomAccessPolicies = (uint)(_size / 3),
                    CustomRoles = (uint)(_size / 2),
                },
            };
            for (var i = 0; i < Components.Length; i++)
            {
                var (name, major, firstMinor, every, _) = Components[i];
                var minor = known / every;
                var patch = known % every / 12;
                if (_has[i])
                    report.Components.Add(new Component { Name = name, Version = $"{major}.{firstMinor + minor}.{patch}" });
            }

            return report;
        }

        private ProcessStats Processes(double size, int day)
        {
            var processes = (uint)Math.Max(1, size + (Noise(day) % 3) - 1);
            return new ProcessStats { Processes = processes, Hosts = Math.Max(1, processes / 4) };
        }

        /// <summary>A number that looks random and is the same for the same system and day.</summary>
        private uint Noise(int day) => ((uint)Id.GetHashCode() ^ ((uint)day * 2_654_435_761u)) * 2_246_822_519u >> 8;
    }
}
