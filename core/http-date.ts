const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TIME = '(\\d{2}):(\\d{2}):(\\d{2})';

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and with dashes as older cookies have it. */
const FIXED = new RegExp(`^\\w{3}, (\\d{2})[ -](\\w{3})[ -](\\d{4}) ${TIME} GMT$`);
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const RFC850 = new RegExp(`^\\w{6,9}, (\\d{2})-(\\w{3})-(\\d{2}) ${TIME} GMT$`);
/** `Sun Nov  6 08:49:37 1994` */
const ASCTIME = new RegExp(`^\\w{3} (\\w{3}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

/**
 * Reads a date of HTTP in any of its three forms (RFC 9110, 5.6.7), in milliseconds since 1970; undefined when it is
 * none. `now` decides the century of years with two digits.
 */
export function httpDate(text: string, now: number): number | undefined {
  const fixed = FIXED.exec(text);
  if (fixed) return moment(fixed[3], fixed[2], fixed[1], fixed.slice(4));
  const old = RFC850.exec(text);
  if (old) return moment(String(fullYear(Number(old[3]), now)), old[2], old[1], old.slice(4));
  const unix = ASCTIME.exec(text);
  return unix ? moment(unix[6], unix[1], unix[2], unix.slice(3, 6)) : undefined;
}

function moment(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  time: readonly string[],
): number | undefined {
  const number = MONTHS.indexOf(month ?? '');
  if (number < 0) return undefined;
  return Date.UTC(Number(year), number, Number(day), Number(time[0]), Number(time[1]), Number(time[2]));
}

/** More than 50 years ahead is the past century (RFC 9110, 5.6.7). */
function fullYear(twoDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
