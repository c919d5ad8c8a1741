import { Failure } from '../../core/failure.ts';
import type { RtpSeat } from '../../core/media.ts';
import { MEDIA, REGISTERS, type Values } from './compile/scope.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** The seat in the media that a join was answered with; throws a Failure where it is none, or leads to a strange host. */
export function mediaSeatOf(values: Values, hosts: ReadonlySet<string>): RtpSeat {
  const [host = '', port = '', key = '', audio = '', video = ''] = MEDIA.map((name) => values[REGISTERS[name]]);
  const known = hosts.has(host.toLowerCase()) || (LOOPBACK.test(host) && [...hosts].some((one) => LOOPBACK.test(one)));
  if (!known) throw new Failure('protocol', `media.host: ${host} is none of the hosts that the declaration names`);
  return {
    ...{ host, key, port: wholeOf('media.port', port, 65_535) },
    ...{ audio: wholeOf('media.audio', audio, 0xffffffff), video: wholeOf('media.video', video, 0xffffffff) },
  };
}

function wholeOf(name: string, text: string, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new Failure('protocol', `${name}: the target answers no number up to ${most}`);
  return value;
}
