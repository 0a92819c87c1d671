/** Counts votes on questions. */
export class Tally {
  readonly #votes = new Map<string, Map<string, number>>();

  /** One more vote. */
  add(question: string, answer: string): void {
    const votes = this.#votes.get(question) ?? new Map<string, number>();
    this.#votes.set(question, votes.set(answer, (votes.get(answer) ?? 0) + 1));
  }

  /** The answer with the most votes, the first of equals. */
  most(question: string, otherwise: string): string {
    let best = otherwise;
    let most = 0;
    for (const [answer, count] of this.#votes.get(question) ?? []) {
      if (count <= most) continue;
      best = answer;
      most = count;
    }
    return best;
  }
}
