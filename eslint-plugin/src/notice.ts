/** Tells of what the plugin cannot do, once: in the editor's output channel, or on standard error. */

const given = new Set<string>();

/** Emits a warning of the process; only the first of its kind. */
export function notice(kind: string, text: string): void {
  if (given.has(kind)) return;
  given.add(kind);
  process.emitWarning(text, { type: "ReviewWarning" });
}
