import { MEDIA_SETTINGS, MEDIA_VARIANTS, type MediaSettings } from './media/settings.ts';
import { SETTINGS, type Settings, VARIANTS, type VariantName } from './variants.ts';

/** A reference target as it is to be made: a variant, and the settings that it takes from others. */
export interface Make {
  readonly variant: VariantName;
  readonly changes: readonly Change[];
}

/** A setting taken from another variant. */
export interface Change {
  readonly setting: SettingName;
  readonly like: VariantName;
}

export type SettingName = keyof Settings | keyof MediaSettings;

/** Every setting a change can be made to. */
export const SETTING_NAMES = [
  ...Object.keys(VARIANTS.hardened),
  ...Object.keys(MEDIA_VARIANTS.hardened),
] as readonly SettingName[];

/** The real limit a setting is, and what becomes of it. */
export function meaningOf(setting: SettingName): string {
  return { ...SETTINGS, ...MEDIA_SETTINGS }[setting];
}

/** What a make is called: `hardened`, or `hardened,loginQueue=2020`. */
export function nameOf({ variant, changes }: Make): string {
  return [variant, ...changes.map(({ setting, like }) => `${setting}=${like}`)].join(',');
}

/** The gateway's settings of a make. */
export function settingsOf({ variant, changes }: Make): Settings {
  return changed(VARIANTS, variant, changes);
}

/** The settings of a make's media servers. */
export function mediaSettingsOf({ variant, changes }: Make): MediaSettings {
  return changed(MEDIA_VARIANTS, variant, changes);
}

/** Whether two variants differ in a setting, so that a change from one to the other is one. */
export function differsIn(setting: SettingName, one: VariantName, other: VariantName): boolean {
  const settingOf = (variant: VariantName) => ({ ...VARIANTS[variant], ...MEDIA_VARIANTS[variant] })[setting];
  return settingOf(one) !== settingOf(other);
}

function changed<All extends object>(
  variants: Readonly<Record<VariantName, All>>,
  variant: VariantName,
  changes: readonly Change[],
): All {
  const own = variants[variant];
  const taken = changes
    .filter(({ setting }) => Object.hasOwn(own, setting))
    .map(({ setting, like }) => [setting, variants[like][setting as keyof All]]);
  return { ...own, ...Object.fromEntries(taken) };
}
