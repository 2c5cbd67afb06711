using System.Collections.Concurrent;

namespace SampleService;

/// <summary>What the service is there for.</summary>
internal sealed class ProjectList
{
    private readonly ConcurrentDictionary<int, string> _projects = new() { [1] = "Greenhouse" };

    public IEnumerable<string> All => _projects.OrderBy(project => project.Key).Select(project => project.Value);

    public int Count => _projects.Count;

    public string? Find(int id) => _projects.GetValueOrDefault(id);

    public int Add(string name)
    {
        var id = _projects.Count + 1;
        while (!_projects.TryAdd(id, name))
            id++;
        return id;
    }
}
