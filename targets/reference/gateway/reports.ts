import type { Settings } from '../variants.ts';
import { admission } from './admission.ts';
import { DatabaseBusy, isSqlState } from './connections.ts';
import type { Database } from './database.ts';

/** One host in a report: how much they met over the year, how well it went, and how often it was about the text. */
export interface ReportLine {
  readonly host: string;
  readonly found: number;
  readonly meetings: number;
  readonly minutes: number;
  readonly quality: number;
  readonly best: number;
}

/** Makes a report on a text; throws DatabaseBusy when there are too many under way, or it takes too long. */
export type Reports = (text: string) => Promise<readonly ReportLine[]>;

const QUERY_CANCELED = '57014';

/**
 * Week by week and host by host, with ranks and percentiles over the whole year, and a text that no index finds: what a
 * report was written like before it was slow.
 */
const REPORT = `
WITH met AS (
  SELECT hosts.name AS host, guests.name AS guest, history.title, history.minutes, history.quality,
    date_trunc('week', history.began) AS week
  FROM history JOIN accounts AS hosts ON hosts.id = history.host JOIN accounts AS guests ON guests.id = history.guest
), weekly AS (
  SELECT host, week, count(*) AS meetings, sum(minutes) AS minutes,
    percentile_cont(0.1) WITHIN GROUP (ORDER BY quality) AS quality,
    count(*) FILTER (WHERE title || ' with ' || guest ILIKE '%' || $1 || '%') AS found
  FROM met GROUP BY host, week
), ranked AS (
  SELECT *, rank() OVER (PARTITION BY week ORDER BY minutes DESC) AS place FROM weekly
)
SELECT host, sum(found)::integer AS found, sum(meetings)::integer AS meetings, sum(minutes)::integer AS minutes,
  avg(quality)::real AS quality, min(place)::integer AS best
FROM ranked GROUP BY host ORDER BY found DESC, minutes DESC LIMIT 20`;

/** Reports made from a database's history. */
export function reportsIn(database: Database, { reportsUnderWay }: Pick<Settings, 'reportsUnderWay'>): Reports {
  const underWay = admission(reportsUnderWay, 'too many reports are being made');
  return (text) =>
    underWay.admit(async () => {
      try {
        return await database.query<ReportLine>(REPORT, [text]);
      } catch (error) {
        if (isSqlState(error, QUERY_CANCELED)) throw new DatabaseBusy('a report took too long');
        throw error;
      }
    });
}
