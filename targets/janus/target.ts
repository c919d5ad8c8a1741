import type { Target } from '../../core/target.ts';
import { hostsOf } from '../http/hosts.ts';
import { sourceOf } from '../http/source.ts';
import { clientOf, type Server } from './client.ts';
import type { JanusDeclaration } from './declaration.ts';

/** Makes a target of a Janus server: people create rooms, join them, and send and receive there. Presets of metrics are not resolved here. */
export function janusTarget(name: string, declaration: JanusDeclaration): Target {
  const { capacity = {}, metrics = [], secret, token } = declaration;
  const server: Server = { declaration, hosts: hostsOf(declaration) };
  return {
    name,
    operations: ['login', 'createMeeting', 'findMeeting', 'countMeetings', 'join', 'media'],
    capacity,
    services: {},
    metrics: metrics.map((source) => sourceOf(source, declaration)),
    ...(secret === undefined && token === undefined && { anonymous: true as const }),
    client: (io, person) => clientOf(io, person, server),
  };
}
