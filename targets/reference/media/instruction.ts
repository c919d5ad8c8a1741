import { isIPv4 } from 'node:net';
import type { Instruction, PeerTerms } from './order.ts';

/** Reads what the gateway says; undefined when it is nothing that is known. */
export function instructionIn(text: string): Instruction | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, key, meeting, audio, video, peers } = value as Readonly<Record<string, unknown>>;
  if (type === 'bridge') return typeof meeting === 'string' && isPeers(peers) ? { type, meeting, peers } : undefined;
  if (typeof key !== 'string') return undefined;
  if (type === 'give-up') return { type, key };
  if ((type !== 'keep' && type !== 'guest') || typeof meeting !== 'string' || !isSsrc(audio) || !isSsrc(video))
    return undefined;
  return { type, key, meeting, audio, video };
}

function isPeers(value: unknown): value is readonly PeerTerms[] {
  return Array.isArray(value) && value.every(isPeer);
}

function isPeer(value: Readonly<Record<string, unknown>> | null): boolean {
  const { name, region, routes } = value ?? {};
  return (
    typeof name === 'string' &&
    typeof region === 'string' &&
    Array.isArray(routes) &&
    routes.length === 2 &&
    routes.every(isRoute)
  );
}

function isRoute(value: Readonly<Record<string, unknown>> | null): boolean {
  const { name, host, port } = value ?? {};
  return typeof name === 'string' && typeof host === 'string' && isIPv4(host) && Number.isInteger(port);
}

function isSsrc(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff;
}
