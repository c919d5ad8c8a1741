/** Lets what comes gather for a moment; told how many participants there are. */
export type Nap = (members: number) => void;

/** From so many on packets come all the time, so that their thread would be woken for nearly each of them. */
const CROWD = 100;
/** How long they may gather, in milliseconds: what is due meanwhile is so late, and what comes seems to have taken as long. */
const FOR = 3;
/** Who has been at work for so long since the last one is behind, and finds enough that has gathered already. */
const BEHIND = 8;

/**
 * Puts a crowd's thread to sleep for a moment each time round. Whoever waits for packets is woken for the next one, and to wake
 * another core costs the sender as much as the packet does; whoever sleeps by the clock is not, and reads all of them at once.
 */
export function napping(now: () => number): Nap {
  const bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let woken = now();
  return (members) => {
    // Nobody rings: it is the time that ends it.
    if (members >= CROWD && now() - woken < BEHIND) Atomics.wait(bell, 0, 0, FOR);
    woken = now();
  };
}
