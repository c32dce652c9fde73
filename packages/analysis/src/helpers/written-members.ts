/** Whether a file gives objects a member of some name, in any of the ways in which JavaScript can. */
import {
  isElementAccessExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  type SourceFile,
} from "@review/program/syntax";
import { isTarget } from "../flow/uses.ts";
import { nodesOf } from "../walk.ts";
import { perFile } from "./per-file.ts";

/** Assigned members and every text: `Object.defineProperty(o, "x", …)`, lists of names, computed members. */
export function isWrittenSomewhere(sourceFile: SourceFile, name: string): boolean {
  return writtenIn(sourceFile).has(name);
}

const writtenIn = perFile((sourceFile): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodesOf(sourceFile)) {
    if (isStringLiteralLikeNode(node)) names.add(node.text);
    if (isPropertyAccessExpression(node) && isTarget(node)) names.add(node.name.text);
    if (isElementAccessExpression(node) && isStringLiteralLikeNode(node.argumentExpression)) {
      names.add(node.argumentExpression.text);
    }
  }
  return names;
});
