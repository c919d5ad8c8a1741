/** A request that is not done, with what the real server answers to it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The refusals the real server has, and the two that only ours has: too large, and attributes that would break it. */
export const refusals = {
  badBody: (why: string) => new Refusal(`bad request body: ${why}`, 400),
  missing: (what: string) => new Refusal(`missing required field: ${what}`, 400),
  invalidStream: () => new Refusal('stream was invalid, can be either upstream or downstream', 400),
  invalidType: () => new Refusal('invalid toxic type', 400),
  invalid: (why: string) => new Refusal(why, 400),
  noProxy: () => new Refusal('proxy not found', 404),
  noToxic: () => new Refusal('toxic not found', 404),
  proxyExists: () => new Refusal('proxy already exists', 409),
  toxicExists: () => new Refusal('toxic already exists', 409),
  tooLarge: (most: number) => new Refusal(`the body is longer than ${most} bytes`, 413),
  broken: (why: string) => new Refusal(why, 500),
} as const;
