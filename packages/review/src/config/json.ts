/** Configurations that are data: their values, and where in the text each key stands. */
import { positionAt, lineStarts, type Position } from "@review/findings";
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";

export type ParsedJson =
  | {
      readonly kind: "parsed";
      readonly value: unknown;
      /** Where a key stands, or the nearest key around it that does. */
      positionOf(path: readonly (string | number)[]): Position;
    }
  | { readonly kind: "malformed"; readonly position: Position; readonly message: string };

/** Parses JSON; comments and trailing commas only where they are allowed. */
export function parseJson(text: string, allowComments: boolean): ParsedJson {
  const starts = lineStarts(text);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: allowComments, disallowComments: !allowComments });
  const [error] = errors;
  if (!tree || error) {
    const message = error ? spaced(printParseErrorCode(error.error)) : "value expected";
    return { kind: "malformed", position: positionAt(starts, error?.offset ?? 0), message };
  }
  return {
    kind: "parsed",
    value: getNodeValue(tree),
    positionOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node = findNodeAtLocation(tree, path.slice(0, length));
        if (node) return positionAt(starts, (node.parent?.type === "property" ? node.parent : node).offset);
      }
      return positionAt(starts, tree.offset);
    },
  };
}

/** "CommaExpected" as words. */
function spaced(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter}`).toLowerCase();
}
