import { type JourneyName, lacking } from '../core/journey.ts';
import type { Profile } from '../core/profile.ts';
import type { Operation } from '../core/target.ts';

/** What a target can do. */
export interface Offer {
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** Says which scenarios of a profile a target covers, and what is not covered for want of which operation. */
export function coverageText({ scenarios }: Profile, { name, operations }: Offer): string {
  const lines = scenarios.map(({ name: scenario, journey }) => {
    const lacks = lacking(journey, operations);
    return lacks.length === 0
      ? `  ${scenario}: covered`
      : `  ${scenario}: not covered, for want of ${lacks.join(', ')}`;
  });
  const covered = scenarios.map(({ journey }) => journey).filter((one) => lacking(one, operations).length === 0);
  return [`What ${name} covers of it`, ...lines, ...keptLines(covered, operations)].join('\n');
}

/** What each journey has acknowledged, and what can ask for it afterwards. */
const KEPT: Readonly<Partial<Record<JourneyName, Kept>>> = {
  meet: { what: 'meetings', asked: ['findMeeting', 'countMeetings'] },
  create: { what: 'meetings', asked: ['findMeeting', 'countMeetings'] },
  ticket: { what: 'tickets', asked: ['findTicket'] },
};

interface Kept {
  readonly what: string;
  readonly asked: readonly Operation[];
}

function keptLines(covered: readonly JourneyName[], operations: readonly Operation[]): string[] {
  const lines = covered.flatMap((journey) => {
    const { what, asked } = KEPT[journey] ?? { what: '', asked: [] };
    if (what === '' || asked.some((one) => operations.includes(one))) return [];
    return [`  ${what} that were acknowledged: not looked for afterwards, for want of ${asked.join(', ')}`];
  });
  return [...new Set(lines)];
}
