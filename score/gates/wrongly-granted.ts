import type { Recording } from '../../core/recording.ts';
import type { Evidence, Gate } from '../../core/score.ts';
import { counted, number } from '../spoken.ts';
import { isImpostor } from '../tally.ts';

/** Fires when somebody was let in who had to be denied: a wrong password, or a token of somebody else. */
export function wronglyGranted({ bins }: Recording): Gate {
  const name = 'wrongly-granted';
  const impostors = bins.filter(isImpostor);
  const tried = impostors.reduce((sum, { offered }) => sum + offered, 0);
  const denied = impostors.reduce((sum, { good, failed }) => sum + good + (failed.late ?? 0), 0);
  const granted = bins.reduce((sum, { failed }) => sum + (failed.granted ?? 0), 0);
  const open = Math.max(0, tried - denied - impostors.reduce((sum, { failed }) => sum + (failed.granted ?? 0), 0));
  const counts = `${number(tried)} tried with a wrong password: ${number(denied)} denied, ${number(granted)} granted, ${number(open)} never decided`;
  const evidence: Evidence[] = tried + granted > 0 ? [{ says: counts, from: 'client' }] : [];
  if (granted > 0)
    return { name, status: 'fired', says: `${counted(granted, 'person')} got in who had to be denied`, evidence };
  if (denied > 0)
    return { name, status: 'held', says: `nobody got in who had to be denied (${number(denied)} were)`, evidence };
  const says = tried > 0 ? 'nobody with a wrong password got an answer' : 'nobody tried a wrong password';
  return { name, status: 'not covered', says, evidence };
}
