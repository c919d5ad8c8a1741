export { readRecording, type WholeRecording } from './recording/reader.ts';
export { openRecording, type RecordingWriter } from './recording/writer.ts';
