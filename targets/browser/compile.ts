import type { Mistake } from '../../core/mistake.ts';
import { baseOf } from '../http/compile/base.ts';
import { RAW } from '../http/compile/encoding.ts';
import { type Renderer, rendererOf } from '../http/compile/renderer.ts';
import { outermost, type Scope, within, withPerson } from '../http/compile/scope.ts';
import { at, type Site, tell } from '../http/compile/site.ts';
import type { WrittenBrowserDeclaration, WrittenStep } from './declaration.ts';
import { type Steps, stepsOf } from './steps.ts';

/** What people can do on a page, ready to be done, and all that is wrong with it; it must not be run unless nothing is. */
export interface CompiledPage {
  readonly login: Steps | undefined;
  readonly createMeeting: Steps | undefined;
  readonly join: Steps | undefined;
  readonly leave: Steps | undefined;
  /** What a meeting is called that nobody has to make. */
  readonly meeting: Renderer | undefined;
  readonly registers: number;
  readonly mistakes: readonly Mistake[];
  /** The environment variables that the steps use. Secret. */
  readonly environment: Readonly<Record<string, string>>;
}

const WISH = ['meeting.name', 'meeting.key', 'invited.name', 'invited.email'] as const;

/** Compiles a declaration; `where` names it in mistakes and failures. */
export function compile(
  {
    steps: operations,
    meeting,
    ...declaration
  }: Pick<WrittenBrowserDeclaration, 'url' | 'hosts' | 'steps' | 'meeting'>,
  where: string,
  environment: Scope['environment'],
): CompiledPage {
  const mistakes: Mistake[] = [];
  const session = withPerson(outermost(environment));
  const base = baseOf(declaration, { path: where, mistakes });
  const site = { path: where, mistakes, base, scope: within(session, WISH) };
  const read = (name: keyof typeof operations, scope: Scope) => {
    const steps = operations[name];
    const here = { ...at(at(site, 'steps'), name), scope };
    return steps && checked(name, steps, here);
  };
  const seated = within(session, ['meeting.id', 'person.region']);
  const compiled = {
    login: read('login', session),
    createMeeting: read('createMeeting', site.scope),
    join: read('join', seated),
    leave: read('leave', seated),
    meeting: meeting === undefined ? undefined : rendererOf(meeting, RAW, at(site, 'meeting')),
  };
  if (Object.keys(operations).length === 0)
    tell(at(site, 'steps'), 'declares nothing that people can do', 'begin with login');
  if (compiled.meeting && compiled.createMeeting)
    tell(at(site, 'meeting'), 'is what createMeeting reads', 'leave one of them out');
  return {
    ...compiled,
    registers: session.registers.size,
    mistakes,
    environment: Object.fromEntries(session.mentioned),
  };
}

function checked(name: string, steps: readonly WrittenStep[], site: Site): Steps {
  if (name === 'createMeeting' && !steps.some((step) => 'read' in step))
    tell(site, 'does not read what the meeting is called', 'read: "#meeting-id"');
  return stepsOf(steps, site);
}
