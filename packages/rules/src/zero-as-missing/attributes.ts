/** Boolean attributes, which are there with an empty text: `<option selected>`. */
import { asMethodCall, isCondition, literalValue, quoted, unwrapped, wrapped, type Pass } from "@review/analysis";
import { isCallExpression, isPropertyAccessExpression, type CallExpression, type Node } from "@review/program/syntax";

const BOOLEAN: ReadonlySet<string> = new Set([
  ...["allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "defer", "disabled"],
  ...["formnovalidate", "hidden", "inert", "ismap", "itemscope", "multiple", "muted", "nomodule", "novalidate"],
  ...["playsinline", "readonly", "required", "selected"],
]);

/** `!!option.getAttribute("selected")` */
export function checkAttribute(pass: Pass, call: CallExpression): void {
  const method = asMethodCall(call);
  if (method?.name !== "getAttribute" || call.arguments.length !== 1 || !isTested(call)) return;
  const name = call.arguments[0] && literalValue(unwrapped(call.arguments[0]));
  if (typeof name !== "string" || !BOOLEAN.has(name.toLowerCase()) || isSetAsText(pass, name)) return;
  const callee = unwrapped(call.expression);
  pass.report(call, {
    message: `${quoted(call, pass.file.sourceFile)} is the empty text where the attribute is there, as in \`<… ${name}>\`, but that is taken for missing here.`,
    evidence: [{ at: call, message: 'This is "" for an attribute without a value, and null where there is none.' }],
    repair: "Ask with `hasAttribute`.",
    fixes: isPropertyAccessExpression(callee)
      ? [{ title: "Ask with `hasAttribute`", safety: "suggested", edits: [{ at: callee.name, text: "hasAttribute" }] }]
      : [],
  });
}

/** Where the file itself gives the attribute a text, `setAttribute("disabled", "disabled")`, that is what it asks for. */
function isSetAsText({ file }: Pass, name: string): boolean {
  return new RegExp(`setAttribute\\(\\s*["'\`]${name}["'\`]\\s*,\\s*["'\`][^"'\`]`, "i").test(file.text);
}

function isTested(call: Node): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  if (isCallExpression(parent)) return parent.expression !== outer && parent.expression.getText() === "Boolean";
  return isCondition(call);
}
