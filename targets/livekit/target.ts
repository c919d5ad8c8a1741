import type { Target } from '../../core/target.ts';
import { hostsOf } from '../http/hosts.ts';
import { sourceOf } from '../http/source.ts';
import { clientOf, type Server } from './client.ts';
import type { LivekitDeclaration } from './declaration.ts';
import { signerOf } from './token.ts';

/** Makes a target of a LiveKit server. Presets of metrics are not resolved here. */
export function livekitTarget(name: string, declaration: LivekitDeclaration): Target {
  const { url, key, secret, capacity = {}, metrics = [] } = declaration;
  const server: Server = {
    base: url.replace(/\/+$/, ''),
    hosts: hostsOf(declaration),
    signer: signerOf(key, secret),
    forger: signerOf(key, `not ${secret}`),
  };
  return {
    name,
    operations: ['login', 'createMeeting', 'findMeeting', 'countMeetings', 'join', 'media'],
    capacity,
    services: {},
    metrics: metrics.map((source) => sourceOf(source, declaration)),
    client: (io, person) => clientOf(io, person, server),
  };
}
