import type { Target } from '../../core/target.ts';

/** A target for runs without load. */
export const nobody: Target = {
  name: 'nobody',
  operations: [],
  capacity: {},
  metrics: [],
  services: {},
  client: () => {
    throw new Error('nobody asks for a client');
  },
};
