import type { PageStep } from '../../core/browser.ts';
import { addressOf } from '../http/compile/address.ts';
import { ADDRESS, JSON_STRING, RAW } from '../http/compile/encoding.ts';
import { rendererOf } from '../http/compile/renderer.ts';
import type { Values } from '../http/compile/scope.ts';
import { at, type Site } from '../http/compile/site.ts';
import type { WrittenStep } from './declaration.ts';

/** The steps of an operation, filled per use. */
export type Steps = (values: Values) => readonly PageStep[];

/** Reads the steps of one operation. */
export function stepsOf(written: readonly WrittenStep[], site: Site): Steps {
  const steps = written.map((step, index) => stepOf(step, at(site, index)));
  return (values) => steps.map((step) => step(values));
}

function stepOf(step: WrittenStep, site: Site): (values: Values) => PageStep {
  if ('goto' in step) {
    const url = pageOf(step.goto, at(site, 'goto'));
    return (values) => ({ does: 'goto', url: url(values) });
  }
  if ('fill' in step) {
    const text = rendererOf(step.with, RAW, at(site, 'with'));
    return (values) => ({ does: 'fill', selector: step.fill, text: text.render(values) });
  }
  if ('evaluate' in step) {
    // Values stand in texts of the script, and end none.
    const script = rendererOf(step.evaluate, JSON_STRING_VALUES, at(site, 'evaluate'));
    return (values) => ({ does: 'evaluate', script: script.render(values) });
  }
  const fixed: PageStep =
    'click' in step
      ? { does: 'click', selector: step.click }
      : 'press' in step
        ? { does: 'press', key: step.press }
        : 'read' in step
          ? { does: 'read', selector: step.read }
          : waiting(step);
  return () => fixed;
}

const JSON_STRING_VALUES = { ...JSON_STRING, literal: RAW.literal, place: 'a text of a script' };

function waiting({ wait, denied, shed }: Extract<WrittenStep, { wait: string }>): PageStep {
  return {
    ...{ does: 'wait', selector: wait },
    ...(denied !== undefined && { denied }),
    ...(shed !== undefined && { shed }),
  };
}

/** Pages have fragments, which requests do not. */
function pageOf(text: string, site: Site): (values: Values) => string {
  const [path = '', ...fragments] = text.split('#');
  const address = addressOf(path, 'http', site);
  if (fragments.length === 0) return (values) => address.url(values);
  const fragment = rendererOf(fragments.join('#'), ADDRESS, site);
  return (values) => `${address.url(values)}#${fragment.render(values)}`;
}
