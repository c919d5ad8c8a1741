import type { WebSocketStep } from '../declaration.ts';
import type { Step } from '../visit.ts';
import { addressOf } from './address.ts';
import { PROTOCOL } from './encoding.ts';
import { headersOf } from './headers.ts';
import { rendererOf } from './renderer.ts';
import { at, type Site } from './site.ts';

/** Reads a step that opens the meeting's WebSocket. */
export function webSocketStep(step: WebSocketStep, site: Site): Step {
  const address = addressOf(step.websocket, 'ws', at(site, 'websocket'));
  const headers = headersOf(step, {}, site);
  const protocols = (step.protocols ?? []).map((protocol, index) =>
    rendererOf(protocol, PROTOCOL, at(at(site, 'protocols'), index)),
  );
  return async (visit) => {
    const { io, cookies, values } = visit;
    const url = address.url(values);
    visit.socket = await io.websocket(url, {
      headers: headers(values, cookies.header(address.hostOf(url))),
      ...(protocols.length > 0 && { protocols: protocols.map(({ render }) => render(values)) }),
    });
    return true;
  };
}
