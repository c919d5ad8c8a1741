/** Somebody in a room, and how to tell them something. */
export interface Member {
  tell(text: string): void;
}

/** Who is connected to which meeting; a room exists while somebody is in it or on the way in. */
export class Rooms {
  readonly #seats: number;
  readonly #rooms = new Map<string, Room>();

  constructor(seats: number) {
    this.#seats = seats;
  }

  /** Keeps a place while somebody is being seated; false when the room is full. */
  reserve(meeting: string): boolean {
    const room = this.#rooms.get(meeting) ?? { members: new Set(), reserved: 0 };
    if (room.members.size + room.reserved >= this.#seats) return false;
    room.reserved += 1;
    this.#rooms.set(meeting, room);
    return true;
  }

  /** Gives a kept place up. */
  release(meeting: string): void {
    const room = this.#rooms.get(meeting);
    if (!room) return;
    room.reserved -= 1;
    this.#close(meeting, room);
  }

  /** Takes the kept place, and gives the number of members. */
  enter(meeting: string, member: Member): number {
    const room = this.#rooms.get(meeting);
    if (!room) throw new Error('nobody enters a room without a reserved place');
    room.reserved -= 1;
    room.members.add(member);
    return room.members.size;
  }

  /** Whether anybody is in it. */
  isOpen(meeting: string): boolean {
    return (this.#rooms.get(meeting)?.members.size ?? 0) > 0;
  }

  leave(meeting: string, member: Member): void {
    const room = this.#rooms.get(meeting);
    if (!room) return;
    room.members.delete(member);
    this.#close(meeting, room);
  }

  /** Tells everybody in the room. */
  tell(meeting: string, text: string): void {
    for (const member of this.#rooms.get(meeting)?.members ?? []) member.tell(text);
  }

  #close(meeting: string, { members, reserved }: Room): void {
    if (members.size + reserved === 0) this.#rooms.delete(meeting);
  }
}

interface Room {
  readonly members: Set<Member>;
  reserved: number;
}
