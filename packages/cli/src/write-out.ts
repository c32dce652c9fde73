/** Standard output. */
import { messageOf, UsageError } from "./errors.ts";

/**
 * Waits until the reader has taken the text: a process that ends earlier cuts it off. A reader that has gone away has
 * seen enough; any other failure is a `UsageError`.
 */
export function writeOut(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text, error => {
      if (!error || (error as NodeJS.ErrnoException).code === "EPIPE") done();
      else fail(new UsageError(`Cannot write to standard output: ${messageOf(error)}`));
    });
  });
}
