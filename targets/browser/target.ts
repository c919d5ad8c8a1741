import { Mistakes } from '../../core/mistake.ts';
import type { Operation, Target } from '../../core/target.ts';
import { sourceOf } from '../http/source.ts';
import { clientOf } from './client.ts';
import { compile } from './compile.ts';
import type { BrowserDeclaration } from './declaration.ts';

/**
 * Makes a target of a web client, which is used in real browsers. Presets of metrics are not resolved here. Throws Mistakes
 * when the declaration has not come through parseBrowserDeclaration and is wrong.
 */
export function browserTarget(name: string, declaration: BrowserDeclaration): Target {
  const page = compile(declaration, `targets.${name}`, declaration.environment);
  if (page.mistakes.length > 0) throw new Mistakes(page.mistakes);
  const operations: Operation[] = ['login'];
  if (page.createMeeting ?? page.meeting) operations.push('createMeeting');
  if (page.join) operations.push('join', 'media');
  return {
    ...{ name, operations, services: {} },
    capacity: declaration.capacity ?? {},
    metrics: (declaration.metrics ?? []).map((source) => sourceOf(source, declaration)),
    places: declaration.pages,
    ...(!page.login && { anonymous: true as const }),
    client: (io, person) => clientOf(io, person, page),
  };
}
