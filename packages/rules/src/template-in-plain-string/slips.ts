/** Slips inside a template: a brace or a bracket that nothing closes or opens, and a name that was to be filled in. */
import { nodesOf, type Ask, type Edit, type Pass } from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  SyntaxKind,
  type Node,
  type NoSubstitutionTemplateLiteral,
  type TemplateExpression,
} from "@review/program/syntax";

/** Checks a template that is no code: one of a single line, that nothing is tagged with. */
export function* checkTemplate(pass: Pass, node: TemplateExpression): Ask<void> {
  if (isTaggedTemplateExpression(node.parent)) return;
  const parts = partsOf(node);
  if (parts.some(({ text }) => text.includes("\n"))) return;
  if (checkBraces(pass, node, parts) || checkBrackets(pass, node, parts)) return;
  yield* checkNames(pass, node, parts);
}

/** `Hello $user.name}`: the brace that opens is missing, and the name is in scope. */
export function* checkOpening(pass: Pass, node: TemplateExpression | NoSubstitutionTemplateLiteral): Ask<void> {
  if (isTaggedTemplateExpression(node.parent)) return;
  const text = node.getText();
  const found = /(?<![\\\w$])\$([A-Za-z_]\w*)(?:\.\w+)*\}/.exec(text);
  const name = found?.[1];
  if (!found || name === undefined || surplus(text, "}", "{") <= 0) return;
  const symbol = yield* pass.checker.resolveName(name, SymbolFlags.Value, node);
  if (!symbol?.declarations.some(({ path }) => path === pass.file.sourceFile.path)) return;
  const start = node.getStart() + found.index;
  const at = { start: start + 1, end: start + 1 };
  report(
    pass,
    { start, end: start + found[0].length },
    {
      message: `\`${found[0]}\` is text: the brace that opens the placeholder is missing.`,
      at: node,
      reason: `\`${name}\` is in scope here.`,
      fix: { title: "Open the brace", edit: { at, text: "{" } },
    },
  );
}

/** A text between two placeholders, as it is written, and where it starts. */
interface Part {
  readonly text: string;
  readonly start: number;
}

function partsOf({ head, templateSpans }: TemplateExpression): readonly Part[] {
  return [head, ...templateSpans.map(span => span.literal)].map(literal => {
    const text = literal.getText();
    // A backtick or brace before it, and a backtick or `${` after it.
    return { text: text.slice(1, text.endsWith("`") ? -1 : -2), start: literal.getStart() + 1 };
  });
}

/** `${id}}`: the second brace is text, unless one was opened in the text before. */
function checkBraces(pass: Pass, node: TemplateExpression, parts: readonly Part[]): boolean {
  let open = 0;
  for (const [index, { text, start }] of parts.entries()) {
    const isStray = index > 0 && text.startsWith("}") && open === 0;
    open += surplus(text, "{", "}");
    if (!isStray || hasPieces(pass, "{", "}")) continue;
    report(
      pass,
      { start, end: start + 1 },
      {
        message: "This `}` is text: the placeholder before it is closed already, and nothing else is open.",
        at: node,
        reason: "No other text of this file opens a brace that it does not close.",
        fix: { title: "Remove the brace", edit: { at: { start, end: start + 1 }, text: "" } },
      },
    );
    return true;
  }
  return false;
}

/** `${callback}(${body}`: a bracket is opened and not closed. */
function checkBrackets(pass: Pass, node: TemplateExpression, parts: readonly Part[]): boolean {
  const text = parts.map(part => part.text).join("\0");
  if (surplus(text, "(", ")") !== 1 || !text.endsWith("\0")) return false;
  const isWhole = isMessage(node) ? /\(\0|\(\w/.test(text) : text.includes("(\0") && !isPiece(node);
  if (!isWhole || hasPieces(pass, ")", "(")) return false;
  const end = node.getEnd();
  report(pass, node, {
    message: "The text of this template opens a bracket that it does not close.",
    at: node,
    reason: "No other text of this file closes a bracket that it does not open.",
    fix: { title: "Close the bracket", edit: { at: { start: end - 1, end: end - 1 }, text: ")" } },
  });
  return true;
}

/** `args[0]:${rest}`: text that reads like the element of a local, in a template without a blank, which is no prose. */
function* checkNames(pass: Pass, node: TemplateExpression, parts: readonly Part[]): Ask<void> {
  if (parts.some(({ text }) => /[\s"'\\]/.test(text))) return;
  for (const { text, start } of parts) {
    const [code, name = ""] = /(?<![\w$.\]-])([A-Za-z_$][\w$]*)\[\d+\](?![\w$.[])/.exec(text) ?? [];
    if (code === undefined) continue;
    const symbol = yield* pass.checker.resolveName(name, SymbolFlags.Value, node);
    const declared = symbol?.declarations.find(({ path }) => path === pass.file.sourceFile.path);
    if (!declared) continue;
    const at = { start: start + text.indexOf(code), end: start + text.indexOf(code) + code.length };
    report(pass, at, {
      message: `\`${code}\` is text here, between placeholders that are filled in.`,
      at: node,
      reason: `\`${name}\` is in scope here.`,
      fix: { title: "Write it as a placeholder", edit: { at, text: `\${${code}}` } },
    });
    return;
  }
}

interface Slip {
  readonly message: string;
  readonly at: Node;
  readonly reason: string;
  readonly fix: { readonly title: string; readonly edit: Edit };
}

function report(pass: Pass, place: Edit["at"], { message, at, reason, fix }: Slip): void {
  pass.report(place, {
    message,
    evidence: [{ at, message: reason }],
    repair: "Close what the text opens, and write `${…}` around what is to be filled in.",
    fixes: [{ title: fix.title, safety: "suggested", edits: [fix.edit] }],
  });
}

/** Whether a template is all that is logged, or all that an error says: `log.debug(`Received (type: ${type}`)`. */
function isMessage({ parent }: Node): boolean {
  if (!isCallExpression(parent) && !isNewExpression(parent)) return false;
  const name = /[\p{L}\p{N}_$]+$/u.exec(parent.expression.getText())?.[0] ?? "";
  return /^(?:log|trace|debug|verbose|info|notice|warn|warning|error|fatal|\w*Error)$/.test(name);
}

/** Whether a template is put together with other texts: added, or given to a list or a function that may. */
function isPiece({ parent }: Node): boolean {
  if (isBinaryExpression(parent)) return parent.operatorToken.kind !== SyntaxKind.EqualsToken;
  return parent.kind === SyntaxKind.ArrayLiteralExpression || isCallExpression(parent);
}

/** Whether some text of the file has more of one sign than of the other: texts are put together from pieces there. */
function hasPieces({ file }: Pass, more: string, less: string): boolean {
  for (const node of nodesOf(file.sourceFile)) {
    const text =
      isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)
        ? node.text
        : isTemplateExpression(node)
          ? partsOf(node)
              .map(part => part.text)
              .join("")
          : "";
    if (surplus(text, more, less) > 0) return true;
  }
  return false;
}

function surplus(text: string, more: string, less: string): number {
  return text.split(more).length - text.split(less).length;
}
