import type { MeetingWish } from '../../core/target.ts';

/** What somebody wants who wants a meeting of a name, and everything else as usual. */
export function wishFor(name: string, changes: Partial<MeetingWish> = {}): MeetingWish {
  const invited = { index: 1, name: 'Bo', email: 'person-1@example.org', password: 'of nobody' };
  return { name, key: `key of ${name}`, invited, ...changes };
}
