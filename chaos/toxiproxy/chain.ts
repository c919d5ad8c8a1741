import type { Link } from './link.ts';
import { DIRECTIONS, type Direction, type Toxic } from './toxic.ts';

/** The toxics of a proxy, for each direction in the order they act, and the links they act on. */
export class Chain {
  readonly #toxics: Readonly<Record<Direction, Toxic[]>> = { upstream: [], downstream: [] };
  readonly #links: Readonly<Record<Direction, Set<Link>>> = { upstream: new Set(), downstream: new Set() };

  /** Upstream first, then downstream. */
  list(): readonly Toxic[] {
    return DIRECTIONS.flatMap((direction) => this.#toxics[direction]);
  }

  /** What acts on connections that begin now. */
  now(): Readonly<Record<Direction, readonly Toxic[]>> {
    return { upstream: [...this.#toxics.upstream], downstream: [...this.#toxics.downstream] };
  }

  /** Whether connections that begin now end with a reset. */
  get resets(): boolean {
    return this.list().some(({ kind }) => kind.resets);
  }

  find(name: string): Toxic | undefined {
    return this.list().find((toxic) => toxic.name === name);
  }

  /** Lets the toxics act on the links of a connection. Gives what to call when it is closed. */
  join(links: Readonly<Record<Direction, Link>>): () => void {
    for (const direction of DIRECTIONS) this.#links[direction].add(links[direction]);
    return () => {
      for (const direction of DIRECTIONS) this.#links[direction].delete(links[direction]);
    };
  }

  /** Puts a toxic behind the others of its direction; resolves when it acts on every connection. */
  add(toxic: Toxic): Promise<void> {
    this.#toxics[toxic.direction].push(toxic);
    return this.#onLinks(toxic, (link) => link.add(toxic));
  }

  /** Makes what a toxic was changed to act on every connection. */
  update(toxic: Toxic): Promise<void> {
    return this.#onLinks(toxic, (link) => link.update(toxic));
  }

  /** Takes a toxic away; resolves when no connection feels it any more. One that is gone already is no mistake. */
  async remove(toxic: Toxic): Promise<void> {
    toxic.lifetime.set(0);
    const toxics = this.#toxics[toxic.direction];
    const index = toxics.indexOf(toxic);
    if (index < 0) return;
    toxics.splice(index, 1);
    await this.#onLinks(toxic, (link) => link.remove(toxic));
  }

  /** Takes all toxics away. */
  async clear(): Promise<void> {
    for (const toxic of this.list()) await this.remove(toxic);
  }

  async #onLinks({ direction }: Toxic, change: (link: Link) => Promise<void>): Promise<void> {
    await Promise.all([...this.#links[direction]].map(change));
  }
}
