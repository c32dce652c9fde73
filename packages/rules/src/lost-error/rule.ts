/** Reports errors that were built, caught or converted, or that are told of, and that nobody gets. */
import { defineRule, type Rule } from "@review/analysis";
import {
  isIdentifier,
  SyntaxKind,
  type ArrowFunction,
  type BinaryExpression,
  type CallExpression,
  type ExpressionStatement,
  type FunctionExpression,
  type IfStatement,
  type VariableDeclaration,
} from "@review/program/syntax";
import { checkConversion, checkFactory } from "./dropped.ts";
import { checkBranch } from "./fallen-through.ts";
import { checkCallback } from "./ignored.ts";
import { checkNotFound } from "./not-found.ts";
import { checkAssigned, checkBuilt } from "./kept.ts";
import { checkPipe } from "./streams.ts";
import { checkTooEarly } from "./too-early.ts";
import { checkUnheard } from "./unheard.ts";

const rule: Rule = defineRule({
  id: "lost-error",
  summary: "An error is built, converted or told of, and then dropped where it should be handed on.",
  category: "errors",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Throw the error, return it, or pass it to the callback that waits for it; log it where nobody can.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* checkConversion(pass, call);
      yield* checkPipe(pass, call);
      yield* checkUnheard(pass, call);
    },
    [SyntaxKind.ExpressionStatement]: (statement: ExpressionStatement) => checkFactory(pass, statement),
    *[SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      if (declaration.initializer && isIdentifier(declaration.name)) {
        yield* checkBuilt(pass, declaration.name, declaration.initializer);
      }
    },
    [SyntaxKind.BinaryExpression]: (assignment: BinaryExpression) =>
      assignment.operatorToken.kind === SyntaxKind.EqualsToken ? checkAssigned(pass, assignment) : undefined,
    [SyntaxKind.IfStatement](statement: IfStatement) {
      checkBranch(pass, statement);
      checkTooEarly(pass, statement);
    },
    *[SyntaxKind.ArrowFunction](fn: ArrowFunction) {
      yield* checkCallback(pass, fn);
      checkNotFound(pass, fn);
    },
    *[SyntaxKind.FunctionExpression](fn: FunctionExpression) {
      yield* checkCallback(pass, fn);
      checkNotFound(pass, fn);
    },
  }),
});
export default rule;
