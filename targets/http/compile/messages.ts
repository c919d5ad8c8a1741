import { Failure } from '../../../core/failure.ts';
import type { Socket } from '../../../core/transport.ts';
import type { FarewellStep, MessageOutcomes, MessagePattern, ReceiveStep, SendStep } from '../declaration.ts';
import { receivedText } from '../received.ts';
import type { Step } from '../visit.ts';
import { keepOf, type Returned } from './capture.ts';
import { RAW } from './encoding.ts';
import { jsonText } from './json-text.ts';
import { textTest } from './pattern.ts';
import { type Renderer, rendererOf } from './renderer.ts';
import type { Values } from './scope.ts';
import { at, type Site, tell } from './site.ts';

/** What a message is part of: how failures name it, and which names its captures may have besides their own. */
interface Operation {
  readonly label: string;
  readonly returns: readonly Returned[];
}

/** Says something over the open socket. */
type Say = (socket: Socket, values: Values) => void;

/** Reads a step that sends a message and, if told so, waits for what comes back. */
export function sendStep(step: SendStep, operation: Operation, site: Site): Step {
  const say = sayOf(step, site);
  const wait = step.expect === undefined ? undefined : waitFor(step.expect, 'expect', step, operation, site);
  if (!wait)
    for (const field of ['denied', 'shed', 'capture'] as const)
      if (step[field] !== undefined) tell(at(site, field), 'waits for nothing', 'say what to expect, too');
  return async ({ socket, values }) => {
    if (!socket) throw new Error(`${site.path}: there is no socket`);
    say(socket, values);
    await wait?.(socket, values);
    return true;
  };
}

/** Reads a step that waits for a message. */
export function receiveStep(step: ReceiveStep, operation: Operation, site: Site): Step {
  const wait = waitFor(step.receive, 'receive', step, operation, site);
  return async ({ socket, values }) => {
    if (!socket) throw new Error(`${site.path}: there is no socket`);
    await wait(socket, values);
    return true;
  };
}

/** Reads a step that says goodbye, and waits for nothing. */
export function farewellStep(step: FarewellStep, site: Site): Step {
  const say = sayOf(step, site);
  return async ({ socket, values }) => {
    if (socket) say(socket, values);
    return true;
  };
}

/** Reads what is sent: a text as it is, anything else as JSON. */
function sayOf({ send }: FarewellStep, site: Site): Say {
  const here = at(site, 'send');
  const { render }: Renderer = typeof send === 'string' ? rendererOf(send, RAW, here) : jsonText(send, here);
  return (socket, values) => socket.send(render(values));
}

/** Waits for the first message that says something; those that say nothing are for somebody else, and skipped. */
function waitFor(
  pattern: MessagePattern,
  field: 'expect' | 'receive',
  outcomes: MessageOutcomes,
  { label, returns }: Operation,
  site: Site,
): (socket: Socket, values: Values) => Promise<void> {
  const isShed = outcomes.shed === undefined ? undefined : textTest(outcomes.shed, at(site, 'shed'));
  const isDenied = outcomes.denied === undefined ? undefined : textTest(outcomes.denied, at(site, 'denied'));
  const isExpected = textTest(pattern, at(site, field));
  const keep = keepOf(outcomes.capture ?? {}, { label, from: 'message', returns }, at(site, 'capture'));
  return async (socket, values) => {
    for (;;) {
      const received = receivedText(await socket.next());
      if (isShed?.(received, values)) throw new Failure('shed', `${label}: shed by a message`);
      if (isDenied?.(received, values)) throw new Failure('denied', `${label}: denied by a message`);
      if (isExpected(received, values)) return keep(received, values);
    }
  };
}
