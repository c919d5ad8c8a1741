import type { Acknowledged } from '../core/acknowledged.ts';
import type { BinKey, Comings } from '../core/event.ts';
import { Failure, type FailureKind } from '../core/failure.ts';
import type { Attendance, Attendee, MediaSeat } from '../core/media.ts';
import { placeOf } from '../core/meetings.ts';
import type { Person } from '../core/person.ts';
import { IMPOSTORS, type PlannedRetry, type PlannedScenario } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import { derivedSeed, draw } from '../core/random.ts';
import type { Meeting, MeetingWish } from '../core/target.ts';
import type { Arrival } from './arrivals.ts';
import type { Ending } from './book.ts';
import { Exhausted } from './exhausted.ts';
import type { Guise } from './guise.ts';
import type { Equipped } from './journeys/journey.ts';
import type { Presence } from './presence.ts';
import { pauseBefore, policyFor } from './retry.ts';
import { stayed } from './stay.ts';
import type { Stay } from './stays.ts';
import { StepFailed } from './step-failed.ts';
import type { Surroundings } from './surroundings.ts';
import type { VirtualUser } from './virtual-user.ts';

/** One arrival made flesh. */
export class Visitor implements VirtualUser {
  readonly person: Person;
  readonly client: Equipped;
  readonly #patience: Guise['patience'];
  readonly #scenario: PlannedScenario;
  readonly #arrival: Arrival;
  readonly #impostor: boolean;
  readonly #around: Surroundings;
  readonly #policy: PlannedRetry | undefined;
  #due: number;
  #aim: OperationClass | undefined;
  /** When the attempt that is under way began, and how long the loop had been away by then. */
  #began = 0;
  #away = 0;

  constructor(
    { person, client, patience, impostor }: Guise,
    scenario: PlannedScenario,
    arrival: Arrival,
    around: Surroundings,
  ) {
    this.person = person;
    this.client = client;
    this.#patience = patience;
    this.#impostor = impostor;
    this.#scenario = scenario;
    this.#arrival = arrival;
    this.#around = around;
    this.#due = arrival.due;
    this.#policy = policyFor(this.draw('retry'), around.habits.retries);
  }

  room(): Meeting | undefined {
    const { rooms } = this.#around;
    return rooms[Math.floor(this.draw('room') * rooms.length)];
  }

  wish(): MeetingWish {
    return this.#around.wish(this.#scenario.name, this.#arrival.index);
  }

  draw(name: string): number {
    return draw(this.#around.seed, this.#scenario.name, this.#arrival.index, name);
  }

  meeting(): Meeting {
    const { name } = this.#scenario;
    const { meeting } = this.#place();
    const found = this.#around.meetingsOf(name)[meeting];
    if (!found) throw new Error(`nobody has opened meeting ${meeting} of ${name}`);
    return found;
  }

  region(): string | undefined {
    return this.#place().region;
  }

  place(): number {
    return this.#place().place;
  }

  async attend(seat: MediaSeat): Promise<Attendance> {
    this.#came({ admitted: 1 });
    const { stays, now, away } = this.#around;
    const { name: scenario, cohort } = this.#scenario;
    const { acceptedAt } = this.#patience;
    const joining = now() - this.#began;
    const accepted = acceptedAt === undefined ? undefined : joining - (performance.now() - acceptedAt);
    const attendance = await this.#seated(seat, { joining, ...(accepted !== undefined && { accepted }) });
    const held = (away?.() ?? 0) - this.#away;
    void attendance.entry?.then((entry) => {
      const own = entry.own === undefined ? {} : { own: entry.own + held };
      stays.entered({ scenario, cohort }, Math.floor(now() / 1_000), { ...entry, ...own });
    });
    return attendance;
  }

  async goOver(seat: MediaSeat): Promise<Attendance> {
    this.#patience.giveUpAt = performance.now() + this.#around.habits.patience;
    const attendance = await this.#seated(seat);
    this.#came({ moved: 1 });
    return attendance;
  }

  #seated(seat: MediaSeat, times: Pick<Attendee, 'joining' | 'accepted'> = {}): Promise<Attendance> {
    const { name, meetings } = this.#scenario;
    const { media } = this.#patience;
    if (!media || !meetings) throw new Error(`${name} was not planned with media`);
    const region = this.region();
    return media.attend(seat, {
      meeting: this.meeting().id,
      size: Math.max(...meetings.rungs.map(({ size }) => size)),
      camera: this.draw('camera') < meetings.cameras,
      who: derivedSeed(this.#around.seed, `${name}/${this.#arrival.index}`),
      ...times,
      ...(region !== undefined && { region }),
    });
  }

  async stay(enter: () => Promise<Presence>): Promise<void> {
    const { stays, deadlines, habits, now, pause } = this.#around;
    const { name: scenario, cohort } = this.#scenario;
    const { leaves: until } = this.#place();
    const from = this.#arrival.due + (deadlines.get('join') ?? habits.patience);
    const stay = stays.add({ scenario, cohort }, Math.ceil(from / 1_000), Math.floor(until / 1_000));
    const presence = await this.#entered(enter, stay);
    const key = this.#key('media', from);
    const staying = stayed(presence, {
      ...{ stay, until, now, pause, again: () => this.#again(enter), came: (how) => this.#came(how) },
      pauseAfter: (attempts, failed) => this.#pauseAfter(failed, attempts, 'media') ?? LONGEST_PAUSE,
    });
    await staying.catch((thrown: unknown) => {
      if (thrown instanceof Exhausted) {
        // It was the generator that let them down: the target owes them nothing.
        stay.refused = true;
        this.#around.book.lost({ ...key, second: Math.floor(now() / 1_000) });
      }
      throw thrown;
    });
  }

  acknowledged(what: Acknowledged): void {
    this.#around.acknowledged(what);
  }

  async step<T>(name: OperationClass, work: () => Promise<T>): Promise<T> {
    const { book } = this.#around;
    const isAim = name === this.#aim;
    const due = isAim ? this.#arrival.due : this.#due;
    const key = this.#key(name, due);
    if (!isAim) book.offered(key);
    for (let attempts = 1; ; attempts += 1) {
      const { result, failure, ended } = await this.#attempt(work, key);
      if (!failure) {
        book.ended(key, this.#success(name, attempts, ended - due));
        this.#due = ended;
        if ('value' in result) return result.value;
        // An impostor was denied, as must be; there is nothing to go on with.
        throw new StepFailed(name);
      }
      const pause = this.#pauseAfter(failure, attempts, name);
      if (pause === undefined) {
        book.ended(key, { outcome: failure.kind, attempts, latency: undefined });
        if (!isAim) this.#missed(failure.kind);
        throw new StepFailed(name);
      }
      if (pause > 0) await this.#around.pause(pause);
    }
  }

  comesFor(name: OperationClass): void {
    this.#aim = name;
    this.#around.book.offered(this.#key(name, this.#arrival.due));
  }

  /** Who does not come to what they came for has not got it, without having tried. */
  #missed(outcome: FailureKind): void {
    if (this.#aim)
      this.#around.book.ended(this.#key(this.#aim, this.#arrival.due), { outcome, attempts: 0, latency: undefined });
  }

  /** The first time in; undefined for who gave up without having been refused. */
  async #entered(enter: () => Promise<Presence>, stay: Stay): Promise<Presence | undefined> {
    const trying = async () => {
      try {
        return await enter();
      } catch (thrown) {
        stay.refused = thrown instanceof Failure && REFUSALS.has(thrown.kind);
        throw thrown;
      }
    };
    try {
      const presence = await this.step('join', trying);
      stay.refused = false;
      return presence;
    } catch (thrown) {
      if (thrown instanceof StepFailed && !stay.refused) return undefined;
      throw thrown;
    }
  }

  /** Somebody who was in before is no new arrival: what it takes to come back is traffic, and missed media. */
  async #again(enter: () => Promise<Presence>): Promise<Presence> {
    const { result } = await this.#attempt(enter, this.#key('join', this.#around.now()));
    if ('value' in result) return result.value;
    throw result.failure;
  }

  #came(how: Partial<Comings>): void {
    const { stays, now } = this.#around;
    const { name: scenario, cohort } = this.#scenario;
    stays.came({ scenario, cohort }, Math.floor(now() / 1_000), how);
  }

  #place(): ReturnType<typeof placeOf> {
    const { name, meetings } = this.#scenario;
    if (!meetings) throw new Error(`${name} was planned without meetings`);
    return placeOf(meetings, this.#arrival.index);
  }

  /** One attempt with all of their patience, written down as traffic. */
  async #attempt<T>(work: () => Promise<T>, key: BinKey): Promise<Attempt<T>> {
    const { book, now, habits, signal } = this.#around;
    const began = now();
    this.#began = began;
    this.#away = this.#around.away?.() ?? 0;
    this.#patience.giveUpAt = performance.now() + habits.patience;
    this.#patience.acceptedAt = undefined;
    let result: Result<T>;
    try {
      result = { value: await work() };
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof Exhausted) book.lost(key);
      if (!(thrown instanceof Failure)) throw thrown;
      result = { failure: thrown };
    }
    const ended = now();
    const failure = this.#judged(result);
    book.attempted({ ...key, second: Math.floor(ended / 1_000) }, failure?.kind, ended - began);
    return { result, failure, ended };
  }

  /** What an attempt came to: an impostor who is let in is the target's failure, one who is denied its success. */
  #judged(result: Result<unknown>): Failure | undefined {
    const failure = 'failure' in result ? result.failure : undefined;
    if (!this.#impostor) return failure;
    if (!failure) return new Failure('granted', 'let in with a wrong password');
    return failure.kind === 'denied' ? undefined : failure;
  }

  #success(name: OperationClass, attempts: number, latency: number): Ending {
    const deadline = this.#around.deadlines.get(name) ?? Number.POSITIVE_INFINITY;
    return { outcome: latency <= deadline ? 'good' : 'late', attempts, latency };
  }

  #pauseAfter({ kind, retryAfter }: Failure, attempts: number, name: OperationClass): number | undefined {
    if (!this.#policy || FINAL.has(kind)) return undefined;
    return pauseBefore(attempts, this.#policy, retryAfter, this.draw(`pause/${name}/${attempts}`));
  }

  #key(name: OperationClass, due: number): BinKey {
    const { name: scenario, cohort } = this.#scenario;
    return { second: Math.floor(due / 1_000), scenario, class: name, cohort: this.#impostor ? IMPOSTORS : cohort };
  }
}

type Result<T> = { readonly value: T } | { readonly failure: Failure };

/** How an attempt ended and when; `failure` is what is held against the target. */
interface Attempt<T> {
  readonly result: Result<T>;
  readonly failure: Failure | undefined;
  readonly ended: number;
}

/** Who is told so clearly that there is no place stays away; anybody else was let down. */
const REFUSALS: ReadonlySet<FailureKind> = new Set(['shed', 'denied']);

/** Who has lost a meeting goes on trying, where their habit would be to give up, this often in milliseconds. */
const LONGEST_PAUSE = 5_000;

/** Nobody tries again after these. */
const FINAL: ReadonlySet<FailureKind> = new Set(['denied', 'granted']);
