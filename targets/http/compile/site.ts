import type { Mistake } from '../../../core/mistake.ts';
import type { Scope } from './scope.ts';

/** A place in a declaration that is being compiled: what is known there, and where mistakes are told. */
export interface Site {
  /** `targets.staging.operations.login[0]` */
  readonly path: string;
  readonly mistakes: Mistake[];
  readonly scope: Scope;
  readonly base: Base;
}

/** Where the target is. */
export interface Base {
  /** Absolute, without a slash at its end. */
  readonly url: string;
  readonly host: string;
  /** Every host that requests may go to. */
  readonly hosts: ReadonlySet<string>;
}

/** A place inside another one: a field by its name, an item by its number. */
export function at<S extends Pick<Site, 'path'>>(site: S, key: string | number): S {
  return { ...site, path: typeof key === 'number' ? `${site.path}[${key}]` : `${site.path}.${key}` };
}

/** Tells a mistake of the declaration; compiling goes on, so that all mistakes are told at once. */
export function tell({ path, mistakes }: Pick<Site, 'path' | 'mistakes'>, what: string, mend?: string): void {
  mistakes.push({ where: path, what, ...(mend !== undefined && { mend }) });
}
