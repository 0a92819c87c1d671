/** The cycles of a directed graph, each as the names on its way; every name is visited once. */
export function cyclesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of graph.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    // A stack of its own: templates are untrusted, and a long chain must not overflow the call stack.
    const stack: { name: string; next: Iterator<string> }[] = [];
    enter(start);
    while (stack.length > 0) {
      const top = stack.at(-1);
      const step = top?.next.next();
      if (top === undefined || step === undefined || step.done) {
        stack.pop();
        const left = path.pop();
        if (left !== undefined) onPath.delete(left);
      } else if (onPath.has(step.value)) {
        cycles.push(path.slice(path.indexOf(step.value)));
      } else {
        enter(step.value);
      }
    }

    function enter(name: string): void {
      if (done.has(name)) return;
      done.add(name);
      path.push(name);
      onPath.add(name);
      stack.push({ name, next: (graph.get(name) ?? new Set<string>())[Symbol.iterator]() });
    }
  }
  return cycles;
}
