import { Failure } from '../../core/failure.ts';
import type { KeptRecording, Meeting, Participation, SeatNews } from '../../core/target.ts';
import type { ReadNews } from './compile/news.ts';
import type { CompiledOperations } from './compile/operations.ts';
import { REGISTERS, type Values } from './compile/scope.ts';
import { recordingOf } from './handed-back.ts';
import { mediaSeatOf } from './media.ts';
import { type Session, visitOf } from './session.ts';
import { type Step, type Visit, walk } from './visit.ts';

/** Joins a meeting and gives the seat in it; what fails on the way leaves no socket behind. */
export async function joined(
  { meeting, region = '' }: { readonly meeting: Meeting; readonly region: string | undefined },
  steps: readonly Step[],
  { chat, record, leave, media, news }: CompiledOperations,
  session: Session,
): Promise<Participation> {
  const visit = visitOf(session, { 'meeting.id': meeting.id, 'person.region': region });
  let leaving: Promise<void> | undefined;
  const seat: Participation = {
    ...(await seated(visit, steps, media)),
    leave() {
      leaving ??= leaveSeat(visit, leave);
      return leaving;
    },
  };
  return {
    ...seat,
    ...(chat && { chat: (text) => say(text, chat, visit, session) }),
    ...(record && { record: () => recorded(record, visit) }),
    ...(news && { follow: (heard) => follow(heard, visit, news, media) }),
  };
}

/** Reads what is said on the socket of the meeting until it ends. */
function follow(
  heard: (news: SeatNews) => void,
  { socket, values }: Visit,
  read: ReadNews,
  hosts: ReadonlySet<string> = new Set(),
): void {
  socket?.follow(
    (text) => {
      const told = values.slice();
      const means = read(text, told);
      if (means === 'moved') heard(movedTo(told, hosts));
      else if (means) heard({ is: means, says: 'the target said so' });
    },
    (says) => heard({ is: 'lost', says }),
  );
}

function movedTo(values: Values, hosts: ReadonlySet<string>): SeatNews {
  try {
    return { is: 'moved', media: mediaSeatOf(values, hosts) };
  } catch (thrown) {
    if (thrown instanceof Failure) return { is: 'lost', says: thrown.message };
    throw thrown;
  }
}

async function seated(
  visit: Visit,
  steps: readonly Step[],
  media: ReadonlySet<string> | undefined,
): Promise<Pick<Participation, 'media'>> {
  try {
    await walk(steps, visit);
    return media ? { media: mediaSeatOf(visit.values, media) } : {};
  } catch (thrown) {
    visit.socket?.close();
    throw thrown;
  }
}

async function say(text: string, steps: readonly Step[], seat: Visit, session: Session): Promise<void> {
  const values = seat.values.slice();
  values[REGISTERS['message.id']] = session.messageId();
  values[REGISTERS['message.text']] = text;
  await walk(steps, { ...seat, values });
}

async function recorded(steps: readonly Step[], seat: Visit): Promise<KeptRecording> {
  const values = seat.values.slice();
  await walk(steps, { ...seat, values });
  return recordingOf(values);
}

async function leaveSeat(visit: Visit, steps: readonly Step[]): Promise<void> {
  const { socket } = visit;
  try {
    await walk(steps, visit);
  } catch (thrown) {
    // Who goes is gone, though the target may have closed the socket before or refuse to hear of it.
    if (!(thrown instanceof Failure)) throw thrown;
  } finally {
    visit.socket = undefined;
    socket?.close();
  }
}
