import type { Target } from '../../core/target.ts';
import { hostsOf } from '../http/hosts.ts';
import { sourceOf } from '../http/source.ts';
import { clientOf, type Server } from './client.ts';
import type { WhipDeclaration } from './declaration.ts';

/** Makes a target of a server of WHIP and WHEP: people publish streams and view them. Presets of metrics are not resolved here. */
export function whipTarget(name: string, declaration: WhipDeclaration): Target {
  const { capacity = {}, metrics = [] } = declaration;
  const server: Server = { declaration, hosts: hostsOf(declaration) };
  return {
    name,
    operations: ['walkIn', 'join', 'media'],
    capacity,
    services: {},
    metrics: metrics.map((source) => sourceOf(source, declaration)),
    anonymous: true,
    client: (io) => clientOf(io, server),
  };
}
