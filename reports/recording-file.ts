export { cannotWriteReport } from './recording/disk-mistakes.ts';
export { readRecording } from './recording/reader.ts';
export { openLedger, openRecording } from './recording/writer.ts';
