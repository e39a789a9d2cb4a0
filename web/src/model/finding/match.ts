/** How well a term fits a name, both folded: 100 for all of it, 0 for not at all. */
export function match(term: string, name: string): number {
  if (term === name) return 100;
  const closeness = 5 * (term.length / Math.max(name.length, 1));
  const at = name.indexOf(term);
  if (at === 0) return 80 + closeness;
  if (at > 0) return (startsWord(term, name, at) ? 65 : 45) + closeness;
  const span = subsequence(term, name);
  return span === null ? 0 : 10 + 20 * (term.length / span);
}

function startsWord(term: string, name: string, first: number): boolean {
  for (let at = first; at !== -1; at = name.indexOf(term, at + 1)) if (!/[\p{L}\p{N}]/u.test(name[at - 1]!)) return true;
  return false;
}

/** From the first of the term's letters to its last where they stand in this order in the name; null where they do not. */
function subsequence(term: string, name: string): number | null {
  let first = -1;
  let at = -1;
  for (const letter of term) {
    at = name.indexOf(letter, at + 1);
    if (at === -1) return null;
    if (first === -1) first = at;
  }
  return at - first + 1;
}
