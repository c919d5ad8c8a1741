import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import { parseAbsolute } from '../../targets/http/absolute.ts';
import type { Make } from '../../targets/reference/make.ts';
import type { Config } from '../config.ts';
import type { Described } from '../setting.ts';
import { makeNamed } from './make.ts';

/** What `--target` means: one of our variants, a system that is declared, or an address that has to say what it is. */
export type Wanted =
  | { readonly kind: 'reference'; readonly make: Make }
  | { readonly kind: 'declared'; readonly name: string; readonly described: Described }
  | { readonly kind: 'address'; readonly url: string };

/** Finds out what `--target` means; nothing is started or asked. Throws Mistakes. */
export function wantedTarget(written: string | undefined, config: Config | undefined): Wanted {
  if (written === undefined) throw missing(config);
  if (written.startsWith('reference:'))
    return { kind: 'reference', make: makeNamed(written.slice('reference:'.length)) };
  if (/^https?:\/\//i.test(written)) return byUrl(written, config);
  if (config?.targets.includes(written)) return { kind: 'declared', name: written, described: config.target(written) };
  throw unknown(written, config);
}

function byUrl(url: string, config: Config | undefined): Wanted {
  if (!parseAbsolute(url)) throw notAnAddress('--target', url);
  const [only, ...more] = config?.targets ?? [];
  if (!config || only === undefined) return { kind: 'address', url };
  if (more.length > 0) {
    const mend = `name one of ${config.targets.join(', ')}`;
    throw Mistakes.of('--target', `${config.file} declares several targets`, mend);
  }
  return { kind: 'declared', name: only, described: config.target(only, url.replace(/\/+$/, '')) };
}

/** Says that a text is no address; a user name and a password in it are not repeated. */
export function notAnAddress(where: string, url: string): Mistakes {
  const shown = url.replace(/\/\/.*@/, '//…@');
  return Mistakes.of(where, `"${shown}" is not the address of a target`, 'write it like http://127.0.0.1:8080');
}

function missing(config: Config | undefined): Mistakes {
  const known = config?.targets.length ? ` (${config.file} declares ${config.targets.join(', ')})` : '';
  return Mistakes.of(
    '--target',
    `is missing: nothing was stormed${known}`,
    'give --target URL, --target NAME of your stormtest.config.yaml, or --target reference:2020; --demo shows how it works on a target of its own',
  );
}

function unknown(wanted: string, config: Config | undefined): Mistakes {
  const known = [...(config?.targets ?? []), 'reference:2020', 'reference:hardened'];
  const meant = nearest(wanted, known);
  return Mistakes.of(
    '--target',
    `there is no target "${wanted}"`,
    meant ? `did you mean ${meant}?` : `known are ${known.join(', ')}; a URL begins with http:// or https://`,
  );
}
