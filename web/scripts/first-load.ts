/** As much of a module as is looked at; rolldown's. */
interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/**
 * Puts what the page needs at once into one chunk. Apart, for the sake of what is loaded later and shares a part of it, it would be
 * thirty, each compressed on its own: 8 % more to fetch, and a request for each.
 */
export function firstLoad(entry: string): (id: string, graph: Graph) => string | null {
  let needed: Set<string> | null = null;
  return (id, graph) => {
    needed ??= reach(entry, graph);
    return needed.has(id) ? 'first' : null;
  };
}

/** All that the entry imports statically, itself left out. */
function reach(entry: string, graph: Graph): Set<string> {
  const seen = new Set<string>();
  const waiting = [entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return seen;
}
