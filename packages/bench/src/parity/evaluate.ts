/** Reads values out of a syntax tree, as far as they are written down: nothing of the file is run. */
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isCallExpression,
  isComputedPropertyName,
  isExpression,
  isFunctionDeclaration,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isVariableStatement,
  SyntaxKind,
  type Expression,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

/** A value that is written down; `unknown` has the text of what could not be followed. */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "record"; readonly fields: ReadonlyMap<string, Value>; readonly at: number }
  | { readonly kind: "function"; readonly parameter: string | undefined; readonly body: Expression }
  | { readonly kind: "other"; readonly text: string }
  | { readonly kind: "unknown"; readonly text: string };

export type Scope = ReadonlyMap<string, Value>;

/** The constants and one-line functions at the top of a file. */
export function constantsOf(file: SourceFile): Scope {
  const scope = new Map<string, Value>();
  for (const statement of file.statements) {
    if (isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (isIdentifier(name) && initializer) scope.set(name.text, valueOf(initializer, scope));
      }
    } else if (isFunctionDeclaration(statement) && statement.name) {
      const value = functionOf(statement);
      if (value) scope.set(statement.name.text, value);
    }
  }
  return scope;
}

/** The value of an expression, as far as it is written down. */
export function valueOf(node: Expression, scope: Scope): Value {
  return textualOf(node, scope) ?? composedOf(node, scope) ?? computedOf(node, scope) ?? unknown(node);
}

/** The items of a value that is a list; none if it is something else. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === "list" ? value.items : [];
}

/** A field of a value that is a record. */
export function fieldOf(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce((at, name) => (at?.kind === "record" ? at.fields.get(name) : undefined), value);
}

/** The text of a value that is one. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === "text" ? value.text : undefined;
}

/** A value as JSON-like text, for patterns to match. */
export function describe(value: Value | undefined): string {
  if (value === undefined) return "";
  if (value.kind === "text") return JSON.stringify(value.text);
  if (value.kind === "list") return `[${value.items.map(describe).join(",")}]`;
  if (value.kind === "record") {
    return `{${[...value.fields].map(([name, field]) => `"${name}":${describe(field)}`).join(",")}}`;
  }
  return value.kind === "function" ? "function" : value.text;
}

function textualOf(node: Expression, scope: Scope): Value | undefined {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return { kind: "text", text: node.text };
  if (isTemplateExpression(node) || isTaggedTemplateExpression(node)) return templateOf(node, scope);
  return isConstant(node) ? { kind: "other", text: node.getText() } : undefined;
}

function composedOf(node: Expression, scope: Scope): Value | undefined {
  if (isArrayLiteralExpression(node)) return listOf(node.elements, scope);
  if (isObjectLiteralExpression(node)) return recordOf(node, scope);
  return isArrowFunction(node) ? functionOf(node) : undefined;
}

function computedOf(node: Expression, scope: Scope): Value | undefined {
  if (isIdentifier(node)) return scope.get(node.text);
  if (isBinaryExpression(node)) return sumOf(node.left, node.right, node.operatorToken.kind, scope);
  if (isCallExpression(node)) return callOf(node, scope);
  const isWrapper = isParenthesizedExpression(node) || isAsExpression(node) || isSatisfiesExpression(node);
  return isWrapper ? valueOf(node.expression, scope) : undefined;
}

function unknown(node: Node): Value {
  return { kind: "unknown", text: node.getText() };
}

function isConstant(node: Node): boolean {
  if (isNumericLiteral(node)) return true;
  return [SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword, SyntaxKind.NullKeyword].includes(node.kind);
}

/** `noFormat` keeps what is written, escapes included; other tags are not known. */
function templateOf(node: Expression, scope: Scope): Value {
  if (isTaggedTemplateExpression(node)) {
    const { tag, template } = node;
    if (!isIdentifier(tag) || tag.text !== "noFormat" || !isNoSubstitutionTemplateLiteral(template))
      return unknown(node);
    return { kind: "text", text: template.getText().slice(1, -1).replaceAll("\\`", "`").replaceAll("\\${", "${") };
  }
  if (!isTemplateExpression(node)) return unknown(node);
  let text = node.head.text;
  for (const { expression, literal } of node.templateSpans) {
    const part = valueOf(expression, scope);
    if (part.kind !== "text" && part.kind !== "other") return unknown(node);
    text += part.text + literal.text;
  }
  return { kind: "text", text };
}

function listOf(elements: readonly Expression[], scope: Scope): Value {
  const items = elements.flatMap((element): readonly Value[] => {
    if (!isSpreadElement(element)) return [valueOf(element, scope)];
    const spread = valueOf(element.expression, scope);
    return spread.kind === "list" ? spread.items : [unknown(element)];
  });
  return { kind: "list", items };
}

function recordOf(node: Expression, scope: Scope): Value {
  const fields = new Map<string, Value>();
  if (!isObjectLiteralExpression(node)) return unknown(node);
  for (const property of node.properties) {
    if (isSpreadAssignment(property)) {
      const spread = valueOf(property.expression, scope);
      if (spread.kind === "record") for (const [name, value] of spread.fields) fields.set(name, value);
    } else if (isPropertyAssignment(property)) {
      const { name: key } = property;
      const name = isComputedPropertyName(key) ? key.getText() : key.text;
      fields.set(name, valueOf(property.initializer, scope));
    } else if (isShorthandPropertyAssignment(property)) {
      const name = property.name.getText();
      fields.set(name, scope.get(name) ?? unknown(property));
    }
  }
  return { kind: "record", fields, at: node.getStart() };
}

function sumOf(left: Expression, right: Expression, operator: SyntaxKind, scope: Scope): Value | undefined {
  if (operator !== SyntaxKind.PlusToken) return undefined;
  const [first, second] = [textOf(valueOf(left, scope)), textOf(valueOf(right, scope))];
  return first === undefined || second === undefined ? undefined : { kind: "text", text: first + second };
}

/** `list.map(f)`, `list.flatMap(f)` and `f(value)`, where f is written down and does nothing but answer. */
function callOf(node: Expression, scope: Scope): Value | undefined {
  if (!isCallExpression(node)) return undefined;
  const argument = node.arguments[0];
  if (!argument) return undefined;
  if (isIdentifier(node.expression)) {
    return applied(scope.get(node.expression.text), valueOf(argument, scope), scope);
  }
  if (!isPropertyAccessExpression(node.expression)) return undefined;
  const list = valueOf(node.expression.expression, scope);
  const method = node.expression.name.text;
  if (list.kind !== "list" || !["map", "flatMap"].includes(method)) return undefined;
  const callback = valueOf(argument, scope);
  const results = list.items.map(item => applied(callback, item, scope));
  if (!results.every(result => result !== undefined)) return undefined;
  return { kind: "list", items: method === "map" ? results : results.flatMap(result => flat(result)) };
}

function flat(value: Value): readonly Value[] {
  return value.kind === "list" ? value.items : [value];
}

function applied(callee: Value | undefined, argument: Value, scope: Scope): Value | undefined {
  if (callee?.kind !== "function") return undefined;
  return valueOf(
    callee.body,
    callee.parameter === undefined ? scope : new Map([...scope, [callee.parameter, argument]]),
  );
}

function functionOf(node: Node): Value | undefined {
  if (!isArrowFunction(node) && !isFunctionDeclaration(node)) return undefined;
  const [parameter, more] = node.parameters;
  const body = resultOf(node.body);
  if (!body || more || (parameter && !isIdentifier(parameter.name))) return undefined;
  return { kind: "function", parameter: parameter?.name.getText(), body };
}

function resultOf(body: Node | undefined): Expression | undefined {
  if (body === undefined) return undefined;
  if (isExpression(body)) return body;
  const statements: readonly Node[] = "statements" in body ? (body.statements as readonly Node[]) : [];
  const [only, more] = statements;
  return only && !more && isReturnStatement(only) ? only.expression : undefined;
}
