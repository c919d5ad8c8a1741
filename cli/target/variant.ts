import { Mistakes } from '../../core/mistake.ts';
import { nearest } from '../../core/nearest.ts';
import { VARIANTS, type VariantName } from '../../targets/reference/variants.ts';

/** The variant of a name that stands in `where`; throws Mistakes with the nearest one. */
export function variantNamed(name: string, where = '--target'): VariantName {
  if (Object.hasOwn(VARIANTS, name)) return name as VariantName;
  const known = Object.keys(VARIANTS);
  const meant = nearest(name, known);
  throw Mistakes.of(
    where,
    `the reference target has no variant "${name}"`,
    meant ? `did you mean reference:${meant}?` : `it has ${known.join(', ')}`,
  );
}
