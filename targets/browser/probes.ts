import type { Client, Participation, Target } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';

/**
 * The same target with some of its people in browsers: of those who join, as many come by the page as there may be pages, and
 * everybody else as before. All that they do besides they do as before, too.
 */
export function withProbes(target: Target, page: Target, most: number): Target {
  const places = { free: most };
  return {
    ...target,
    client: (io, person) => mixed(target.client(io, person), page.client(io, person), io, places),
  };
}

function mixed(native: Client, page: Client, io: Transport, places: { free: number }): Client {
  const { join } = native;
  return {
    ...native,
    ...(join && {
      join: (meeting, region) =>
        io.browser && page.join && places.free > 0
          ? inPlace(() => page.join?.(meeting, region) ?? join(meeting, region), page, places)
          : join(meeting, region),
    }),
    elsewhere: (other) => mixed(native.elsewhere(other), page.elsewhere(other), other, places),
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
  places: { free: number },
): Promise<Participation> {
  places.free -= 1;
  let has = true;
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
