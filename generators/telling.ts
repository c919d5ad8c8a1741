/**
 * Tells messages to whoever started this process. Who would hear them may have ended, and then so does this process: an error
 * that nobody takes would be told as a crash.
 */
export function telling<Message>(own: NodeJS.Process): (message: Message) => void {
  return (message) => void own.send?.(message, undefined, undefined, () => {});
}
