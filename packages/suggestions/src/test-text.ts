/** What can be said of a test before it is run. The sandbox is what protects; this keeps tests honest, and says what is wrong with them. */
import type { TestPlan } from "./request.ts";

const longest = 8_000;

/** What a test may import beside the code under test: nothing that could look at that code's text. */
const modules: ReadonlySet<string> = new Set(
  [
    "assert",
    "assert/strict",
    "buffer",
    "events",
    "stream",
    "stream/promises",
    "timers",
    "timers/promises",
    "url",
    "util",
  ].flatMap(name => [name, `node:${name}`]),
);

const runners: Readonly<Record<TestPlan["runner"], readonly string[]>> = {
  "node:test": ["node:test"],
  vitest: ["vitest"],
  jest: ["@jest/globals"],
  mocha: ["mocha", "chai"],
};

/** Ways to reach what is not imported, or to decide by the text of a function. */
const forbidden =
  /\b(?:getBuiltinModule|createRequire|mainModule|dlopen|_linkedBinding|binding|eval|Function|WebAssembly|Worker|toString|readFile\w*|exit|abort|kill|chdir|fetch|WebSocket|Date|performance|random|hrtime|env|argv)\b/;

/** What is wrong with it, worded for the model; undefined where it may be run. */
export function objectionToTest(test: string, { runner, subject }: TestPlan): string | undefined {
  if (test.length > longest) return `It is longer than ${longest} characters.`;
  const code = withoutComments(test);
  const specifiers = [...code.matchAll(/\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]+)\1/g)].map(
    match => match[2] ?? "",
  );
  if (!specifiers.includes(subject)) return `It does not import ${JSON.stringify(subject)}.`;
  const strange = specifiers.find(name => name !== subject && !modules.has(name) && !runners[runner].includes(name));
  if (strange !== undefined) return `It must not import ${JSON.stringify(strange)}.`;
  if (/\b(?:import|require)\s*\(\s*[^"'\s]/.test(code)) return "It must name in quotes what it imports.";
  const word = forbidden.exec(withoutTexts(code))?.[0];
  return word === undefined ? undefined : `It must not use \`${word}\`.`;
}

function withoutComments(code: string): string {
  return code.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, text?: string) => text ?? " ",
  );
}

function withoutTexts(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}
