import type { Person } from '../../core/person.ts';
import type { Client, Participation, Target } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';

/**
 * The same target with some of its people in browsers: of those who join, as many come by the page as there may be pages, and
 * everybody else as before. All that they do besides they do as before, too. Whoever is made ready before the run has a place
 * and a page from then on.
 */
export function withProbes(target: Target, page: Target, most: number): Target {
  const places = { free: most };
  const whoever = (io: Transport, person: Person) =>
    mixed(target.client(io, person), page.client(io, person), { io, places, own: { has: false } });
  return { ...target, client: whoever };
}

/** Where somebody may have a place, and whether they have one of their own for all of the run. */
interface Seating {
  readonly io: Transport;
  readonly places: { free: number };
  readonly own: { has: boolean };
}

function mixed(native: Client, page: Client, seating: Seating): Client {
  const { join } = native;
  const { io, places, own } = seating;
  const comesByPage = () => io.browser !== undefined && page.join !== undefined && (own.has || places.free > 0);
  return {
    ...native,
    ...(join && {
      join: (meeting, region, place) =>
        comesByPage()
          ? inPlace(() => page.join?.(meeting, region) ?? join(meeting, region, place), page, seating)
          : join(meeting, region, place),
    }),
    async makeReady() {
      await native.makeReady?.();
      if (!comesByPage()) return;
      if (!own.has) places.free -= 1;
      own.has = true;
      await page.makeReady?.();
    },
    elsewhere: (other) => mixed(native.elsewhere(other), page.elsewhere(other), { ...seating, io: other }),
    goodbye() {
      native.goodbye?.();
      page.goodbye?.();
    },
  };
}

/** Somebody has a place from the moment they begin to join until they have left, or have failed to. */
async function inPlace(
  join: () => Promise<Participation>,
  page: Client,
  { places, own }: Seating,
): Promise<Participation> {
  let has = !own.has;
  if (has) places.free -= 1;
  const giveUp = () => {
    page.goodbye?.();
    if (has) places.free += 1;
    has = false;
  };
  try {
    const seat = await join();
    return {
      ...seat,
      async leave() {
        await seat.leave();
        giveUp();
      },
    };
  } catch (thrown) {
    giveUp();
    throw thrown;
  }
}
