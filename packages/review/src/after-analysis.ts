/** What comes after the analysis may fail; the findings are there already, and nothing that follows may cost one. */
import type { Ports } from "./request.ts";

/**
 * Asks for something that findings can do without: undefined, and a note that says what is missing, where it fails. An
 * interrupted review still ends as one.
 */
export async function afterAnalysis<T>(
  missing: string,
  { signal, onNote, onDetail }: Ports,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    onNote?.(`${missing}: ${message}.`);
    onDetail?.(stack);
    return undefined;
  }
}
