using TelemetryFunctions.Reports.Schema;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>
/// A fleet that grows, whose systems come, update at their own pace and go. Made of a fixed seed: the same for the same number
/// of days.
/// </summary>
internal sealed class DemoFleet
{
    private const int FirstSystems = 40;
    private const double NewSystemsPerDay = 1.6;
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

    /// <param name="days">How many days the fleet has grown.</param>
    public DemoFleet(int days)
    {
        var random = new Random(20_261_121);
        for (var i = 0; i < FirstSystems; i++)
            _systems.Add(DemoSystem.Create(random, 0, days));
        for (var day = 1; day <= days; day++)
        {
            for (var expected = NewSystemsPerDay * (1 + (double)day / days); random.NextDouble() < expected; expected--)
                _systems.Add(DemoSystem.Create(random, day, days));
        }
    }

    /// <summary>The reports of a day, with the part of the day at which each is sent.</summary>
    public IEnumerable<(double TimeOfDay, Report Report)> ReportsOn(int day) =>
        from system in _systems
        where system.IsUpOn(day)
        orderby system.TimeOfDay
        select (system.TimeOfDay, system.ReportOn(day));

    private sealed class DemoSystem
    {
        private readonly Guid _id;
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
            _id = new Guid(id);
            _firstDay = firstDay;
            _lastDay = firstDay + (random.NextDouble() < ShortLived ? 1 + random.Next(20) : 60 + random.Next(3 * days));
            _updateLag = (int)(4 * Math.Exp(random.NextDouble() * 4.2));
            _size = Math.Exp(random.NextDouble() * 3);
            _postgresql = random.Next(5) switch { 0 => 130018u, 1 => 150010, 2 or 3 => 160006, _ => 170002 } - (uint)(random.NextDouble() < 0.3 ? 1 : 0);
            _has = [.. Components.Select(component => random.NextDouble() < component.Share)];
            TimeOfDay = random.NextDouble();
        }

        /// <summary>When in the day it reports, 0 to 1.</summary>
        public double TimeOfDay { get; }

        public static DemoSystem Create(Random random, int firstDay, int days) => new(random, firstDay, days);

        /// <summary>Up, and not one of the few days on which a report does not get through.</summary>
        public bool IsUpOn(int day) => _firstDay <= day && day <= _lastDay && Noise(day) % 40 != 0;

        public Report ReportOn(int day)
        {
            // Updates are taken when they are as old as this system is slow, and weekly even then.
            var known = Math.Max(0, (day - _updateLag) / 7 * 7);
            var report = new Report
            {
                SystemId = _id.ToString(),
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
        private uint Noise(int day) => ((uint)_id.GetHashCode() ^ ((uint)day * 2_654_435_761u)) * 2_246_822_519u >> 8;
    }
}
