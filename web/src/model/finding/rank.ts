import { fold } from './fold';
import { match } from './match';

/** What one may go to, as far as its place in the list hangs on it. */
export interface Candidate {
  /** By which it is found, folded: a slug and a title, or nicks. Asked for when something was typed, and held. */
  readonly names: () => readonly string[];
  readonly mentions: number;
  readonly unread: number;
  /** How many others were opened since; Infinity: it was not, as far as this browser remembers. */
  readonly opened: number;
  /** Whether it is offered before anything was typed. */
  readonly offered: boolean;
}

/*
 * What is added to a match of at most 105: enough to decide between names that fit about as well, and never enough to put
 * a scattered fit (at most 30) before the beginning of a word (65).
 */
const forMentions = 15;
const forUnread = 5;
const forTheLast = 12;

/** The best first. A query's words must all be found, in any order. Equals stay in the order in which they came. */
export function rank<C extends Candidate>(candidates: readonly C[], query: string, limit: number): C[] {
  const terms = fold(query).split(/\s+/u).filter((term) => term !== '');
  const scored = candidates.flatMap((candidate) => {
    const score = terms.length === 0 ? standing(candidate) : fitting(candidate, terms);
    return score === 0 ? [] : [{ candidate, score }];
  });
  return scored.sort((a, b) => b.score - a.score).slice(0, limit).map(({ candidate }) => candidate);
}

function fitting(candidate: Candidate, terms: readonly string[]): number {
  let sum = 0;
  for (const term of terms) {
    const best = Math.max(0, ...candidate.names().map((name) => match(term, name)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / terms.length + news(candidate) + forTheLast / (1 + candidate.opened);
}

/** Before anything was typed: who calls, then what is new, then where one was. */
function standing(candidate: Candidate): number {
  if (!candidate.offered) return 0;
  return 1 + (candidate.mentions > 0 ? 4 : 0) + (candidate.unread > 0 ? 2 : 0) + 1 / (1 + candidate.opened);
}

function news({ mentions, unread }: Candidate): number {
  return mentions > 0 ? forMentions : unread > 0 ? forUnread : 0;
}
