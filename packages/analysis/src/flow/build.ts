/** Builds the control-flow graph of a function. */
import {
  isBlock,
  isClassLikeDeclaration,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isSourceFile,
  type ClassLikeDeclaration,
  type FunctionLikeDeclaration,
} from "@review/program/syntax";
import { addStep, createBuilder, isGivenUp, linkTo, type Builder, type FlowOptions } from "./builder.ts";
import { constructFields, isDerived } from "./classes.ts";
import { evaluate } from "./expressions.ts";
import { finish } from "./finish.ts";
import type { FlowGraph, FlowRoot } from "./graph.ts";
import { jumpOut } from "./jumps.ts";
import { executeAll } from "./lists.ts";
import { bindWithDefault } from "./patterns.ts";
import { execute } from "./statements.ts";

/** Undefined for a function too large or too deep to be followed; the answer depends on nothing but the code. */
export function buildFlow(root: FlowRoot, options: FlowOptions = {}): FlowGraph | undefined {
  const builder = createBuilder(options, { evaluate, execute });
  try {
    run(builder, root);
  } catch (error) {
    if (isGivenUp(error)) return undefined;
    throw error;
  }
  linkTo(builder, builder.returned, "next");
  return finish(builder, root);
}

function run(b: Builder, root: FlowRoot): void {
  if (isSourceFile(root)) {
    executeAll(b, root.statements);
    return;
  }
  if (isClassLikeDeclaration(root)) {
    constructDefault(b, root);
    return;
  }
  if (!isClassStaticBlockDeclaration(root)) enter(b, root);
  const { body } = root;
  if (!body) return;
  if (isBlock(body)) {
    executeAll(b, body.statements);
    return;
  }
  b.evaluate(body);
  addStep(b, "return", body);
  jumpOut(b, "return", body);
}

/** What runs before a function's body: parameters, and in a constructor the fields. */
function enter(b: Builder, fn: FunctionLikeDeclaration): void {
  const owner = isConstructorDeclaration(fn) ? (fn.parent as ClassLikeDeclaration) : undefined;
  if (owner && isDerived(owner)) b.fields = owner;
  else if (owner) constructFields(b, owner);
  for (const parameter of fn.parameters) bindWithDefault(b, parameter);
}

/** A class without a constructor has one that hands everything to its base. */
function constructDefault(b: Builder, node: ClassLikeDeclaration): void {
  if (isDerived(node)) addStep(b, "call", node, { throws: true });
  constructFields(b, node);
}
