/** What the compiler says of a file, and whether its author gets to hear it. */
import type { Node } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { FileDiagnostic } from "../diagnostics.ts";
import type { Pass } from "../rule.ts";

/** The diagnostics with one of these codes; none for a file that is checked, whose author gets them anyway. */
export function* uncheckedDiagnostics(pass: Pass, codes: ReadonlySet<number>): Ask<readonly FileDiagnostic[]> {
  return pass.file.isChecked ? [] : (yield* pass.diagnostics()).filter(({ code }) => codes.has(code));
}

/** Whether whoever compiles the file is told one of these codes inside of a node; asked last, since it costs much. */
export function* isToldByCompiler(pass: Pass, { pos, end }: Node, codes: ReadonlySet<number>): Ask<boolean> {
  if (!pass.file.isChecked) return false;
  const told = (yield* pass.diagnostics()).filter(({ code }) => codes.has(code));
  return told.some(({ node }) => node.pos >= pos && node.end <= end);
}
