import { COMMANDS } from '../../chaos/kubectl.ts';
import { type Fault, faultName } from '../../core/fault.ts';
import type { KubectlMeans, Services } from '../../core/means.ts';

/** What kubectl would be asked for by the faults of a profile, word by word; undefined where it is not used. */
export function kubectlText(faults: readonly Fault[], services: Services): string | undefined {
  const lines = faults.flatMap((fault) => {
    const mapped = services[fault.service] ?? (fault.otherwise && services[fault.otherwise]) ?? [];
    const reached = mapped.filter(({ part }) => fault.does.kind === 'kill' && [undefined, part].includes(fault.part));
    return reached.flatMap((means) => (means.by === 'kubectl' ? [faultName(fault), ...commandsOf(means)] : []));
  });
  return lines.length > 0 ? ['What kubectl is asked for', ...lines.map((line) => `  ${line}`)].join('\n') : undefined;
}

function commandsOf(means: KubectlMeans): string[] {
  const name = means.pod ?? '<the first that is ready>';
  return [COMMANDS.look(means), COMMANDS.delete(means, name), COMMANDS.wait(means, 5)].map(
    (words) => `  ${words.join(' ')}`,
  );
}
