/** What the compiler would say of JavaScript that nobody has it check. */
import type { Ask } from "../ask.ts";
import type { FileDiagnostic } from "../diagnostics.ts";
import type { Pass } from "../rule.ts";

/** The diagnostics with one of these codes; none for a file that is checked, whose author gets them anyway. */
export function* uncheckedDiagnostics(pass: Pass, codes: ReadonlySet<number>): Ask<readonly FileDiagnostic[]> {
  return pass.file.isChecked ? [] : (yield* pass.diagnostics()).filter(({ code }) => codes.has(code));
}
