import { expect, test } from 'vitest';
import { kubectlText } from '../../../cli/work/kubectl-text.ts';
import type { Fault } from '../../../core/fault.ts';

const kill: Fault = { service: 'media', after: '0s', lasting: '5s', does: { kind: 'kill' } };
const pods = { by: 'kubectl', context: 'staging', namespace: 'meet' } as const;
const media = [
  { ...pods, label: 'app=media', part: 'eu' },
  { ...pods, pod: 'media-0', part: 'us' },
] as const;

test('what kubectl would be asked for is told word by word, for the parts that a fault reaches', () => {
  expect(kubectlText([{ ...kill, part: 'us' }], { media })).toBe(
    [
      'What kubectl is asked for',
      '  kill at media/us',
      '    kubectl --context=staging --namespace=meet get pods media-0 --ignore-not-found --output=json',
      '    kubectl --context=staging --namespace=meet delete pod media-0 --grace-period=1 --wait=false',
      '    kubectl --context=staging --namespace=meet wait pods media-0 --for=condition=Ready --timeout=5s',
    ].join('\n'),
  );
  expect(kubectlText([kill], { media })).toContain('get pods --selector=app=media --ignore-not-found');
});

test('nothing is told of it where it is not used', () => {
  expect(kubectlText([kill], { media: [{ by: 'process', pid: 7 }] })).toBeUndefined();
  expect(kubectlText([{ ...kill, does: { kind: 'pause' } }], { media })).toBeUndefined();
  expect(kubectlText([kill], {})).toBeUndefined();
});
