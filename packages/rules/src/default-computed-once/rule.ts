/** Reports defaults that shall be fresh each time, a date or an id, and are computed when the module is loaded. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  quoted,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isDecorator,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
  type PropertyAssignment,
} from "@review/program/syntax";
import { momentOf } from "./moments.ts";
import { isCopiedPerCall, isSharedDefault } from "./shared.ts";

const rule: Rule = defineRule({
  id: "default-computed-once",
  summary: "A default that should be a fresh date or id each time is computed once, when the module is loaded.",
  category: "assignments",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Give the function that makes the value, `default: () => new Date()`, or make it where the default is taken.",
  listen: pass =>
    pass.file.isTest
      ? {}
      : {
          [SyntaxKind.PropertyAssignment](property: PropertyAssignment) {
            const { initializer } = property;
            if (initializer.kind !== SyntaxKind.CallExpression && !mayHoldOne(initializer)) return;
            if (isFieldsDefault(property)) check(pass, initializer, isMadeByFunction(property));
            else if (isSharedDefault(property) && isCopiedPerCall(pass, property)) check(pass, initializer, false);
          },
          [SyntaxKind.CallExpression](call: CallExpression) {
            const [value] = call.arguments;
            if (!value || asMethodCall(call)?.name !== "default" || !isOfSchema(call)) return;
            check(pass, value, true);
          },
        },
});
export default rule;

const SIMPLE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.Identifier,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
]);

function mayHoldOne(value: Expression): boolean {
  return !SIMPLE.has(value.kind);
}

function check(pass: Pass, value: Expression, takesFunction: boolean): void {
  const moment = momentOf(pass.scopes(), value);
  if (!moment) return;
  const { sourceFile } = pass.file;
  const when = enclosingFunction(value) ? "when this is defined" : "when the module is loaded";
  pass.report(value, {
    message: `${quoted(moment.node, sourceFile)} runs once, ${when}: whoever takes this default gets the same ${moment.kind}.`,
    evidence: [{ at: moment.node, message: "No function is around it, which would make the value anew." }],
    fixes: takesFunction ? [fixFor(value, value.getText(sourceFile))] : [],
  });
}

function fixFor(value: Expression, code: string): ReportedFix {
  const text = code === "Date.now()" ? "Date.now" : `() => ${isObjectLiteralExpression(value) ? `(${code})` : code}`;
  return { title: "Give the function that makes it", safety: "suggested", edits: [{ at: value, text }] };
}

/** `default` or `defaultValue` in the description of a field: beside a `type` that is none of a command line's, or in a decorator. */
function isFieldsDefault(property: PropertyAssignment): boolean {
  const name = property.name.getText();
  if ((name !== "default" && name !== "defaultValue") || !isObjectLiteralExpression(property.parent)) return false;
  if (!isRunOnce(property)) return false;
  return isInDecorator(property) || property.parent.properties.some(isFieldType);
}

/** `type: Date`, `type: DataTypes.DATE`; the options of a command line have `type: "string"`, and run once. */
function isFieldType(property: Node): boolean {
  if (!isPropertyAssignment(property) || property.name.getText() !== "type") return false;
  return !isStringLiteralLikeNode(property.initializer);
}

function isInDecorator(property: PropertyAssignment): boolean {
  const call = property.parent.parent;
  return isCallExpression(call) && isDecorator(call.parent);
}

/** A decorator's functions mean code of the database. */
function isMadeByFunction(property: PropertyAssignment): boolean {
  return property.name.getText() === "default" && !isInDecorator(property);
}

/** At the top of the module, in a class's decorator, in a schema, or in the function that defines a model of a database. */
function isRunOnce(node: Node): boolean {
  const fn = enclosingFunction(node);
  if (!fn || isInSchema(node)) return true;
  return fn.parameters.some(({ name }) => isIdentifier(name) && DEFINERS.has(name.text)) && !enclosingFunction(fn);
}

/** `new Schema({ … })` with the node in it: what it makes is there to be used many times. */
function isInSchema(node: Node): boolean {
  let at = node;
  while (isPropertyAssignment(at) || isObjectLiteralExpression(at) || isArrayLiteralExpression(at)) at = at.parent;
  return isNewExpression(at) && /(?:^|\.)Schema$/.test(at.expression.getText());
}

const DEFINERS: ReadonlySet<string> = new Set(["sequelize", "DataTypes"]);

const SCHEMAS: ReadonlySet<string> = new Set(["z", "zod", "Joi", "joi", "yup", "Yup", "v"]);

/** `z.date().default(…)`, outside of functions; what the environment gives is read once. */
function isOfSchema(call: CallExpression): boolean {
  let at: Node = call;
  while (isCallExpression(at) || isPropertyAccessExpression(at)) at = at.expression;
  if (!isIdentifier(at) || !SCHEMAS.has(at.text) || enclosingFunction(call)) return false;
  const owner = call.parent;
  return !(isPropertyAssignment(owner) && /^["']?[A-Z][A-Z\d_]+["']?$/.test(owner.name.getText()));
}
