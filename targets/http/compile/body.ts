import type { RequestStep } from '../declaration.ts';
import { FORM, RAW } from './encoding.ts';
import { checkName, jsonText } from './json-text.ts';
import { assemble, type Encoded, encode, type Renderer, rendererOf } from './renderer.ts';
import { at, type Site, tell } from './site.ts';
import { parseTemplate } from './template.ts';

/** The body of a request, and the content type that goes with it unless a header says otherwise. */
export interface Body extends Renderer {
  readonly type: string | undefined;
}

/** Reads the body of a request, if it has one. */
export function bodyOf({ json, form, body }: RequestStep, site: Site): Body | undefined {
  const ways = [json !== undefined && 'json', form && 'form', body !== undefined && 'body'].filter(Boolean);
  if (ways.length > 1) tell(site, `has more than one body: ${ways.join(', ')}`, 'keep one of them');
  if (json !== undefined) return { ...jsonText(json, at(site, 'json')), type: 'application/json' };
  if (form) return { ...formText(form, at(site, 'form')), type: 'application/x-www-form-urlencoded' };
  return body === undefined ? undefined : { ...rendererOf(body, RAW, at(site, 'body')), type: undefined };
}

function formText(form: NonNullable<RequestStep['form']>, site: Site): Renderer {
  const parts = Object.entries(form).flatMap(([name, value], index): Encoded => {
    const here = at(site, name);
    checkName(name, here);
    const before = `${index === 0 ? '' : '&'}${FORM.literal(name)}=`;
    return [before, ...encode(parseTemplate(String(value), here), FORM, here)];
  });
  return assemble(parts, FORM, site.path);
}
