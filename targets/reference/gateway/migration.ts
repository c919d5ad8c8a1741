/** The tables of the reference target, for an empty PostgreSQL database. Tokens are kept as digests only. */
export const MIGRATION = `
CREATE TABLE accounts (
  id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email    text NOT NULL UNIQUE,
  name     text NOT NULL,
  password text NOT NULL,
  -- Sixteen teams in four organisations, as the accounts come.
  team         integer GENERATED ALWAYS AS (id % 16) STORED,
  organisation integer GENERATED ALWAYS AS (id % 4) STORED
);

CREATE TABLE calendars (
  team     integer PRIMARY KEY,
  meetings integer NOT NULL DEFAULT 0
);

INSERT INTO calendars (team) SELECT generate_series(0, 15);

CREATE TABLE quotas (
  organisation integer PRIMARY KEY,
  used         integer NOT NULL DEFAULT 0,
  granted      integer NOT NULL
);

INSERT INTO quotas (organisation, granted) SELECT generate_series(0, 3), 1000000;

CREATE TABLE sessions (
  token_digest bytea PRIMARY KEY,
  account      integer NOT NULL REFERENCES accounts,
  expires      timestamptz NOT NULL
);

CREATE TABLE meetings (
  id      text PRIMARY KEY,
  name    text NOT NULL,
  host    integer NOT NULL REFERENCES accounts,
  -- The client's own name for its wish: the same wish of the same host is one meeting, however often it is asked for.
  key     text,
  created timestamptz NOT NULL DEFAULT now(),
  UNIQUE (key, host)
);

CREATE TABLE participants (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  meeting text NOT NULL REFERENCES meetings,
  account integer NOT NULL REFERENCES accounts,
  joined  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tickets (
  id       text PRIMARY KEY,
  subject  text NOT NULL,
  account  integer NOT NULL,
  opened   timestamptz NOT NULL DEFAULT now(),
  filed    timestamptz,
  meetings bigint,
  quality  double precision
);

CREATE INDEX tickets_not_filed ON tickets (opened) WHERE filed IS NULL;

CREATE TABLE history (
  host    integer NOT NULL,
  guest   integer NOT NULL,
  title   text NOT NULL,
  began   timestamptz NOT NULL,
  minutes integer NOT NULL,
  quality real NOT NULL
) WITH (autovacuum_enabled = false);

CREATE INDEX participants_of_meeting ON participants (meeting);
`;
