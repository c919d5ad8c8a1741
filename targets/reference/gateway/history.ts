import type { Database } from './database.ts';

/** Meetings of the past, between people who have accounts now: what reports are made of. */
const FILL = `
WITH people AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many FROM accounts)
INSERT INTO history (host, guest, title, began, minutes, quality)
SELECT hosts.id, guests.id,
  (ARRAY['Weekly', 'Quarterly', 'Annual', 'Urgent', 'Open', 'Joint'])[1 + (hash >> 4) % 6] || ' ' ||
  (ARRAY['review', 'planning', 'stand-up', 'interview', 'demonstration', 'retrospective', 'workshop'])[1 + (hash >> 9) % 7],
  now() - number * interval '1 year' / $1, 5 + (hash >> 3) % 85, 1 + ((hash >> 7) % 400) / 100.0
FROM (SELECT number, hashint4(number) & 2147483647 AS hash FROM generate_series(1, $1::integer) AS number) AS past
JOIN people AS hosts ON hosts.place = hash % hosts.many
JOIN people AS guests ON guests.place = (hash / 1009) % guests.many`;

/** Fills the history with so many meetings of the last year; the same ones for the same people. */
export async function fillHistory(database: Database, meetings: number): Promise<void> {
  await database.query(FILL, [meetings]);
  await database.query('ANALYZE history');
}
