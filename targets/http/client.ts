import type { Client, KeptRecording, Meeting } from '../../core/target.ts';
import { fetched } from './assets.ts';
import type { CompiledOperations } from './compile/operations.ts';
import type { Values } from './compile/scope.ts';
import { captured, countIn, recordingOf } from './handed-back.ts';
import { joined } from './participation.ts';
import { type Session, visitOf } from './session.ts';
import { type Step, walk } from './visit.ts';

/** One virtual user's view of a target, with exactly the operations that are declared. */
export function clientOf(operations: CompiledOperations, session: Session): Client {
  const { login, createMeeting, findMeeting, countMeetings, join, findRecording } = operations;
  const { search, openTicket, findTicket, fetchAssets, base } = operations;
  const { io, cookies, values } = session;
  const client: Client = { elsewhere: (other) => clientOf(operations, { ...session, io: other }) };
  if (login)
    client.login = async () => {
      await walk(login, { io, cookies, values, socket: undefined });
    };
  if (createMeeting)
    client.createMeeting = async ({ name, key, invited }) => {
      const visit = visitOf(session, {
        ...{ 'meeting.name': name, 'meeting.key': key },
        ...{ 'invited.name': invited.name, 'invited.email': invited.email },
      });
      await walk(createMeeting, visit);
      return meetingOf(visit.values);
    };
  if (findMeeting)
    client.findMeeting = async (id) => {
      const visit = visitOf(session, { 'meeting.id': id });
      return (await walk(findMeeting, visit)) ? meetingOf(visit.values) : undefined;
    };
  if (countMeetings)
    client.countMeetings = async ({ name, key }) => {
      const visit = visitOf(session, { 'meeting.name': name, 'meeting.key': key });
      await walk(countMeetings, visit);
      return countIn(visit.values, 'meeting.count') ?? 0;
    };
  if (findRecording) client.findRecording = (id) => recordingNamed(id, findRecording, session);
  if (search)
    client.search = async (text) => {
      await walk(search, visitOf(session, { 'search.text': text }));
    };
  if (openTicket)
    client.openTicket = async (subject) => {
      const visit = visitOf(session, { 'ticket.subject': subject });
      await walk(openTicket, visit);
      return { id: captured(visit.values, 'ticket.id') };
    };
  if (findTicket)
    client.findTicket = async (id) =>
      (await walk(findTicket, visitOf(session, { 'ticket.id': id }))) ? { id } : undefined;
  if (fetchAssets) client.fetchAssets = () => fetched(fetchAssets, visitOf(session, {}), base);
  if (join) client.join = (meeting, region) => joined({ meeting, region }, join, operations, session);
  return client;
}

async function recordingNamed(
  id: string,
  steps: readonly Step[],
  session: Session,
): Promise<KeptRecording | undefined> {
  const visit = visitOf(session, { 'recording.id': id });
  return (await walk(steps, visit)) ? recordingOf(visit.values) : undefined;
}

function meetingOf(values: Values): Meeting {
  const id = captured(values, 'meeting.id');
  const participants = countIn(values, 'meeting.participants');
  return participants === undefined ? { id } : { id, participants };
}
