import { lookup } from 'node:dns/promises';
import { EXIT } from '../core/exit.ts';
import { Mistakes } from '../core/mistake.ts';
import type { Plan } from '../core/plan.ts';
import { isLoopback } from '../generators/transports/reach.ts';

/** Names nobody who runs stormtest owns. Load against them is refused whatever the user says. */
const PUBLIC_SERVICES = [
  ...['zoom.us', 'zoom.com', 'zoomgov.com', 'meet.google.com', 'teams.microsoft.com', 'teams.live.com', 'webex.com'],
  ...['gotomeeting.com', 'goto.com', 'bluejeans.com', 'whereby.com', 'meet.jit.si', 'jitsi.net', '8x8.vc', '8x8.com'],
  ...['livekit.cloud', 'daily.co', 'discord.com', 'discord.gg', 'slack.com', 'skype.com', 'facetime.apple.com'],
  ...['ringcentral.com', 'twilio.com', 'agora.io', 'vonage.com', 'chime.aws', 'dialpad.com', 'bigbluebutton.org'],
  ...['wherever.video', 'riverside.fm', 'streamyard.com', 'gather.town', 'around.co', 'jiomeet.jio.com', 'voov.com'],
  ...['google.com', 'microsoft.com', 'apple.com', 'facebook.com', 'messenger.com', 'whatsapp.com', 'amazon.com'],
];

/** What the user has said about the right to storm a target, and how hard at most. */
export interface Permission {
  /** Hosts the user owns, by name, as written in the target's URL. */
  readonly owned: readonly string[];
  /** Arrivals per second at most. */
  readonly maxRate: number | undefined;
  /** Milliseconds at most, the probe included. */
  readonly maxDuration: number | undefined;
}

/**
 * Decides whether load may go to these hosts. Loopback needs no ceremony; anything else needs the owner's word and two
 * caps; public conferencing services are refused. Returns whether all of it stays on this machine; throws Mistakes.
 */
export async function checkHosts(hosts: readonly string[], permission: Permission): Promise<{ loopbackOnly: boolean }> {
  const strangers: string[] = [];
  refusePublicServices(hosts);
  for (const host of hosts) if (!(await isHere(host))) strangers.push(host);
  const unowned = strangers.filter((host) => !permission.owned.includes(host));
  const mistakes = unowned.map((host) => ({
    where: '--target',
    what: `${host} is not this machine, and nobody has said it is yours to storm`,
    mend: `if you own it: --i-own-this-target ${host}`,
  }));
  if (strangers.length > 0 && (permission.maxRate === undefined || permission.maxDuration === undefined))
    mistakes.push({
      where: '--max-rate, --max-duration',
      what: 'a target on another machine needs a cap on arrivals per second and on the length of the run',
      mend: 'for example --max-rate 300 --max-duration 10m',
    });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return { loopbackOnly: strangers.length === 0 };
}

/** Refuses a plan that goes beyond the caps; load is never clipped. */
export function checkCaps({ bounds }: Plan, { maxRate, maxDuration }: Permission): void {
  const mistakes = [];
  if (maxRate !== undefined && bounds.peakRate > maxRate)
    mistakes.push({
      where: '--max-rate',
      what: `the plan peaks at ${Math.ceil(bounds.peakRate)} arrivals/s, the cap is ${maxRate}/s`,
      mend: 'ask for a smaller --scale, or raise the cap',
    });
  if (maxDuration !== undefined && bounds.length > maxDuration)
    mistakes.push({
      where: '--max-duration',
      what: `the run may take ${Math.ceil(bounds.length / 1_000)} s, the cap is ${Math.floor(maxDuration / 1_000)} s`,
      mend: 'ask for --pace quick, or raise the cap',
    });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}

/** Refuses hosts that are public conferencing services. */
export function refusePublicServices(hosts: readonly string[]): void {
  const refused = hosts.filter(isPublicService).map((host) => ({
    where: '--target',
    what: `${host} is a public service: stormtest does not storm it`,
    mend: 'storm a system of your own',
  }));
  if (refused.length > 0) throw new Mistakes(refused);
}

function isPublicService(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return PUBLIC_SERVICES.some((service) => name === service || name.endsWith(`.${service}`));
}

/** Whether a host is this machine; throws Mistakes when it has no address. */
export async function isHere(host: string): Promise<boolean> {
  try {
    const addresses = await lookup(host.replace(/^\[|\]$/g, ''), { all: true });
    return addresses.every(({ address }) => isLoopback(address));
  } catch {
    throw Mistakes.of('--target', `${host} has no address`, 'check the name', EXIT.notReady);
  }
}
