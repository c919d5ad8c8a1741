import type { Population } from '../core/person.ts';
import type { Target } from '../core/target.ts';
import type { Reach } from '../generators/transports/wire.ts';
import type { HttpDeclaration } from '../targets/http/declaration.ts';
import { httpTarget } from '../targets/http/target.ts';

/** All that a load worker needs to make its own target and people; plain data. */
export interface Setting {
  readonly adapter: AdapterSetting;
  readonly population: Population;
  readonly reach: Reach;
}

/** Which adapter speaks to the target, and what it was told. */
export interface AdapterSetting {
  readonly kind: 'http';
  readonly name: string;
  readonly declaration: HttpDeclaration;
}

/** Makes the target of a setting. */
export function adapterFor({ name, declaration }: AdapterSetting): Target {
  return httpTarget(name, declaration);
}
