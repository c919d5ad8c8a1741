import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** How a login ended; `abandoned` had nobody left to answer, `failed` is everything else. */
const RESULTS = ['granted', 'denied', 'refused', 'abandoned', 'failed'];

/** What the provider tells of itself: logins by how they ended, and the password checks that wait. */
export function openMetrics() {
  const registers = [new Registry()];
  collectDefaultMetrics({ register: registers[0] });
  const logins = counter(registers, 'oidc_logins_total', 'Logins by how they ended.', 'result', RESULTS);
  const whom = 'Password checks done, by whether the client was still connected.';
  const checks = counter(registers, 'oidc_password_checks_total', whom, 'for', ['present', 'departed']);
  const pending = new Set();
  const departed = () => [...pending].filter(({ closed }) => closed).length;
  gauge(registers, 'oidc_password_checks_pending', 'Password checks asked for and not done.', () => pending.size);
  gauge(registers, 'oidc_password_checks_pending_departed', 'Of these, checks whose client has left.', departed);
  let active = 0;
  gauge(registers, 'oidc_requests_active', 'Token requests whose client still waits.', () => active);
  return {
    /** Does a password check for the client of a response, and counts it. */
    async checked(response, check) {
      pending.add(response);
      try {
        return await check();
      } finally {
        pending.delete(response);
        checks.inc({ for: response.closed ? 'departed' : 'present' });
      }
    },
    /** Middleware: answers scrapes, and counts every login once, when its connection is done with it. */
    async watch(ctx, next) {
      if (ctx.path === '/metrics') {
        ctx.type = registers[0].contentType;
        ctx.body = await registers[0].metrics();
        return;
      }
      if (ctx.path !== '/token') return next();
      active += 1;
      ctx.res.once('close', () => {
        active -= 1;
        logins.inc({ result: ctx.res.writableFinished ? resultOf(ctx) : 'abandoned' });
      });
      await next();
    },
  };
}

function resultOf({ status, body }) {
  if (status === 200) return 'granted';
  if (status === 503) return 'refused';
  return body?.error === 'invalid_grant' ? 'denied' : 'failed';
}

/** A counter whose series stand at 0 from the start, so that the first step of each is seen. */
function counter(registers, name, help, label, values) {
  const made = new Counter({ name, help, labelNames: [label], registers });
  for (const value of values) made.inc({ [label]: value }, 0);
  return made;
}

/** A gauge that is read when it is scraped, and so is exact then. */
function gauge(registers, name, help, read) {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}
