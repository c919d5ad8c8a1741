import { Counter, Gauge, type Registry } from 'prom-client';

/*
 * Metrics of what is kept elsewhere: they are read when they are scraped, and so are exact then.
 */

/** Registers a gauge of what is there at the moment. */
export function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    ...{ name, help, registers: [registry] },
    collect() {
      this.set(read());
    },
  });
}

/** Registers a gauge of what is there at the moment by the values of some labels; what is not told is not there. */
export function gaugeBy(
  registry: Registry,
  { name, help, labels }: { readonly name: string; readonly help: string; readonly labels: string[] },
  read: () => Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>,
): void {
  new Gauge({
    ...{ name, help, labelNames: labels, registers: [registry] },
    collect() {
      this.reset();
      for (const [of, value] of read()) this.set(of, value);
    },
  });
}

/** Registers a counter of what has been counted since the start. */
export function counter(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    ...{ name, help, registers: [registry] },
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

/** Registers a counter of what has been counted by the values of one label. */
export function counterBy(
  registry: Registry,
  { name, help, label }: { readonly name: string; readonly help: string; readonly label: string },
  read: () => Iterable<readonly [value: string, count: number]>,
): void {
  new Counter({
    ...{ name, help, labelNames: [label], registers: [registry] },
    collect() {
      this.reset();
      for (const [value, count] of read()) this.inc({ [label]: value }, count);
    },
  });
}
