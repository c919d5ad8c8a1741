import type { Target } from '../../core/target.ts';
import { sourceOf } from '../http/source.ts';
import { clientOf } from './client.ts';
import type { XmppDeclaration } from './declaration.ts';
import { rememberedKeys } from './scram.ts';

/**
 * Makes a target of an XMPP server: people sign in, open rooms, join them and talk. A room is gone when the last one
 * leaves it, so nothing can be asked for afterwards; sound and picture are not XMPP's. Presets of metrics are not
 * resolved here.
 */
export function xmppTarget(name: string, declaration: XmppDeclaration): Target {
  const keysOf = rememberedKeys();
  return {
    name,
    operations: ['login', 'createMeeting', 'join', 'chat'],
    capacity: declaration.capacity ?? {},
    services: {},
    metrics: (declaration.metrics ?? []).map((metrics) => sourceOf(metrics, declaration)),
    ...(declaration.login === 'anonymous' && { anonymous: true as const }),
    client: (io, person) => clientOf(io, person, declaration, keysOf),
  };
}
