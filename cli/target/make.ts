import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import { type Change, differsIn, type Make, SETTING_NAMES, type SettingName } from '../../targets/reference/make.ts';
import { VARIANTS, type VariantName } from '../../targets/reference/variants.ts';

/** Reads `hardened`, or `hardened,loginQueue=2020`, that stands in `where`; throws Mistakes with the nearest word. */
export function makeNamed(written: string, where = '--target'): Make {
  const [name = '', ...changes] = written.split(',');
  const variant = variantNamed(name, where);
  return { variant, changes: changes.map((change) => changeOf(variant, change, where)) };
}

/** The setting of a name that stands in `where`; throws Mistakes with the nearest one. */
export function settingNamed(name: string, where: string): SettingName {
  const known: readonly string[] = SETTING_NAMES;
  if (known.includes(name)) return name as SettingName;
  const meant = nearest(name, known);
  const mend = meant ? `did you mean ${meant}?` : `it has ${known.join(', ')}`;
  throw Mistakes.of(where, `the reference target has no setting "${name}"`, mend);
}

function variantNamed(name: string, where: string): VariantName {
  if (Object.hasOwn(VARIANTS, name)) return name as VariantName;
  const known = Object.keys(VARIANTS);
  const meant = nearest(name, known);
  throw Mistakes.of(
    where,
    `the reference target has no variant "${name}"`,
    meant ? `did you mean reference:${meant}?` : `it has ${known.join(', ')}`,
  );
}

function changeOf(variant: VariantName, written: string, where: string): Change {
  const [name = '', like, ...more] = written.split('=');
  if (like === undefined || more.length > 0)
    throw Mistakes.of(where, `"${written}" changes nothing`, 'write it like reference:hardened,loginQueue=2020');
  const change = { setting: settingNamed(name, where), like: variantNamed(like, where) };
  if (!differsIn(change.setting, variant, change.like))
    throw Mistakes.of(where, `${variant} and ${like} have the same ${name}`, 'name a variant that has another');
  return change;
}
