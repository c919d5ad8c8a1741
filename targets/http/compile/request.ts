import { nearest } from '../../../core/nearest.ts';
import type { FindStep } from '../declaration.ts';
import { receivedText } from '../received.ts';
import type { Step } from '../visit.ts';
import { addressOf } from './address.ts';
import { bodyOf } from './body.ts';
import { keepOf, type Returned } from './capture.ts';
import { headersOf } from './headers.ts';
import { judgeOf } from './judge.ts';
import { at, type Site, tell } from './site.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Reads a step that asks over HTTP; `returns` are the names it may capture besides those of the declaration. */
export function requestStep(step: FindStep, returns: readonly Returned[], site: Site): Step {
  const line = at(site, 'request');
  const { method, target } = requestLine(step.request, line);
  const label = `${method} ${withoutQuery(target)}`;
  const address = addressOf(target, 'http', line);
  const body = bodyOf(step, site);
  const headers = headersOf(step, body?.type === undefined ? {} : { 'content-type': body.type }, site);
  const judge = judgeOf(step, label, site);
  const keep = keepOf(step.capture ?? {}, { label, from: 'answer', returns }, at(site, 'capture'));
  return async ({ io, cookies, values }) => {
    const url = address.url(values);
    const host = address.hostOf(url);
    const sent = headers(values, cookies.header(host));
    // No spreading here: it costs as much as everything else before the answer.
    const answer = await io.http(
      body ? { method, url, headers: sent, body: body.render(values) } : { method, url, headers: sent },
    );
    cookies.keep(host, answer);
    const received = receivedText(answer.body);
    if (!judge(answer, received, values)) return false;
    keep(received, values, answer);
    return true;
  };
}

function requestLine(text: string, site: Site): { method: string; target: string } {
  const [, method, target] = /^(\S+)\s+(\S.*)$/s.exec(text.trim()) ?? [];
  if (!method || !target) {
    tell(site, 'is not a method and a path', 'write it as POST /v1/login');
    return { method: 'GET', target: '/' };
  }
  if (!METHODS.includes(method)) {
    const meant = nearest(method, METHODS);
    tell(site, `${method} is no method of HTTP`, meant ? `did you mean ${meant}?` : `known are ${METHODS.join(', ')}`);
  }
  return { method, target };
}

/** A query may hold what nobody else should read. */
function withoutQuery(target: string): string {
  return target.split('?', 1)[0] ?? '';
}
