/**
 * What other programs may use of stormtest: its profiles, its plans and its judgement, all of them pure, and the reader of
 * recordings. Runs are made by the command line.
 */
export { SURVIVAL } from './core/constants.ts';
export type { Duration } from './core/duration.ts';
export type { RunEvent } from './core/event.ts';
export { EXIT, type ExitCode } from './core/exit.ts';
export { INDICATORS, type IndicatorName } from './core/indicator.ts';
export { Mistakes } from './core/mistake.ts';
export type { Plan } from './core/plan.ts';
export { plan } from './core/planning/plan.ts';
export type { PlanRequest } from './core/planning/request.ts';
export type { Profile } from './core/profile.ts';
export type { Recording } from './core/recording.ts';
export type { Repeated, Score, Verdict } from './core/score.ts';
export { profiles } from './profiles/index.ts';
export { htmlReport } from './reports/html.ts';
export { jsonReport } from './reports/json.ts';
export { readRecording } from './reports/recording-file.ts';
export { verdictText } from './reports/text.ts';
export { repeated } from './score/repeated.ts';
export { score } from './score/score.ts';
