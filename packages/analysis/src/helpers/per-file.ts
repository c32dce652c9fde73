/** What is worked out once for a file, however many rules and places ask. */
import type { SourceFile } from "@review/program/syntax";

/** Remembers what a function answers for as long as the file's tree lives. */
export function perFile<T>(answer: (file: SourceFile) => T): (file: SourceFile) => T {
  const known = new WeakMap<SourceFile, { readonly answer: T }>();
  return file => {
    let found = known.get(file);
    if (!found) known.set(file, (found = { answer: answer(file) }));
    return found.answer;
  };
}
