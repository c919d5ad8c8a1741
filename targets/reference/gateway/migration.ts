/** The tables of the reference target, for an empty PostgreSQL database. Tokens are kept as digests only. */
export const MIGRATION = `
CREATE TABLE accounts (
  id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email    text NOT NULL UNIQUE,
  name     text NOT NULL,
  password text NOT NULL
);

CREATE TABLE sessions (
  token_digest bytea PRIMARY KEY,
  account      integer NOT NULL REFERENCES accounts,
  expires      timestamptz NOT NULL
);

CREATE TABLE meetings (
  id      text PRIMARY KEY,
  name    text NOT NULL,
  host    integer NOT NULL REFERENCES accounts,
  created timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE participants (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  meeting text NOT NULL REFERENCES meetings,
  account integer NOT NULL REFERENCES accounts,
  joined  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX participants_of_meeting ON participants (meeting);
`;
