import type { Population } from '../core/person.ts';
import type { Target } from '../core/target.ts';
import type { Reach } from '../generators/transports/wire.ts';
import type { BrowserDeclaration } from '../targets/browser/declaration.ts';
import { withProbes } from '../targets/browser/probes.ts';
import { browserTarget } from '../targets/browser/target.ts';
import type { HttpDeclaration } from '../targets/http/declaration.ts';
import { httpTarget } from '../targets/http/target.ts';
import type { JanusDeclaration } from '../targets/janus/declaration.ts';
import { janusTarget } from '../targets/janus/target.ts';
import type { LivekitDeclaration } from '../targets/livekit/declaration.ts';
import { livekitTarget } from '../targets/livekit/target.ts';
import type { WhipDeclaration } from '../targets/whip/declaration.ts';
import { whipTarget } from '../targets/whip/target.ts';
import type { XmppDeclaration } from '../targets/xmpp/declaration.ts';
import { xmppTarget } from '../targets/xmpp/target.ts';

/** All that a load worker needs to make its own target and people; plain data. */
export interface Setting {
  readonly adapter: AdapterSetting;
  readonly population: Population;
  readonly reach: Reach;
}

/** What a target speaks, and what was declared of it: one for every adapter. */
export type Described = Probed &
  (
    | { readonly kind: 'browser'; readonly declaration: BrowserDeclaration }
    | { readonly kind: 'http'; readonly declaration: HttpDeclaration }
    | { readonly kind: 'janus'; readonly declaration: JanusDeclaration }
    | { readonly kind: 'livekit'; readonly declaration: LivekitDeclaration }
    | { readonly kind: 'whip'; readonly declaration: WhipDeclaration }
    | { readonly kind: 'xmpp'; readonly declaration: XmppDeclaration }
  );

/** What people speak in the meetings of a target of a kind, where it has media. */
export const SPOKEN: Readonly<Record<Described['kind'], 'RTP' | 'WebRTC' | 'whatever their page does'>> = {
  browser: 'whatever their page does',
  http: 'RTP',
  janus: 'WebRTC',
  livekit: 'WebRTC',
  whip: 'WebRTC',
  xmpp: 'RTP',
};

/** Whose media can go by a relay: those that are told other addresses than their own one by one, and for good. */
export const RELAYED: ReadonlySet<Described['kind']> = new Set(['janus', 'livekit']);

/** Which adapter speaks to the target, and what it was told. */
export type AdapterSetting = Described & { readonly name: string };

/** A browser that some of the people of a target come by, where that was declared. */
interface Probed {
  readonly probe?: BrowserDeclaration;
}

/** Makes the target of a setting. */
export function adapterFor(adapter: AdapterSetting): Target {
  const { name, probe } = adapter;
  const target = nativeFor(adapter);
  return probe ? withProbes(target, browserTarget(`${name}.browser`, probe), probe.pages) : target;
}

function nativeFor(adapter: AdapterSetting): Target {
  switch (adapter.kind) {
    case 'browser':
      return browserTarget(adapter.name, adapter.declaration);
    case 'http':
      return httpTarget(adapter.name, adapter.declaration);
    case 'janus':
      return janusTarget(adapter.name, adapter.declaration);
    case 'livekit':
      return livekitTarget(adapter.name, adapter.declaration);
    case 'whip':
      return whipTarget(adapter.name, adapter.declaration);
    case 'xmpp':
      return xmppTarget(adapter.name, adapter.declaration);
  }
}
