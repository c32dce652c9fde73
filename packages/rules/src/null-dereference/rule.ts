/** Reports values that are null or undefined where they are used as objects, on some path or on every one. */
import {
  absentLiteral,
  conditionOf,
  crashEvidence,
  defineRule,
  onEveryFlow,
  provenCrashes,
  quoted,
  type Crash,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isNonNullExpression,
  SyntaxKind,
  type CallExpression,
  type NewExpression,
  type ParameterDeclaration,
  type TryStatement,
  type VariableDeclaration,
} from "@review/program/syntax";
import { checkArguments } from "./arguments.ts";
import { checkFailed } from "./failed.ts";
import { checkLookup } from "./lookups.ts";
import { checkOptional } from "./optional.ts";
import { checkRelease } from "./releases.ts";
import { checkSearch } from "./searches.ts";

const rule: Rule = defineRule({
  id: "null-dereference",
  summary: "A value is null or undefined on a path to a place that reads a member of it, calls it or iterates over it.",
  category: "nullness",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Leave before the dereference on that path, give the value a default, or use `?.`.",
  listen: pass => ({
    ...onEveryFlow(pass, function* (graph) {
      for (const crash of yield* provenCrashes(pass, graph)) {
        if (crash.origin.kind !== "tested" && !isForItsType(crash)) report(pass, crash);
      }
    }),
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* checkArguments(pass, call);
      yield* checkLookup(pass, call);
    },
    *[SyntaxKind.Parameter](parameter: ParameterDeclaration) {
      yield* checkOptional(pass, parameter);
    },
    [SyntaxKind.TryStatement](statement: TryStatement) {
      checkRelease(pass, statement);
      checkFailed(pass, statement);
    },
    [SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      checkSearch(pass, declaration);
    },
    *[SyntaxKind.NewExpression](call: NewExpression) {
      yield* checkArguments(pass, call);
    },
  }),
});
export default rule;

/** `const context: Context = undefined!` is written for the type alone, and never run. */
function isForItsType({ origin: { at } }: Crash): boolean {
  return isNonNullExpression(at.parent) && absentLiteral(at) !== undefined;
}

function report(pass: Pass, crash: Crash): void {
  const { sourceFile } = pass.file;
  pass.report(crash.step.node, {
    message: `${quoted(crash.node, sourceFile)} is null or undefined here${conditionOf(crash.edge, sourceFile)}, so this throws a TypeError.`,
    evidence: crashEvidence(crash, sourceFile),
  });
}
