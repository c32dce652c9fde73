/** `review eval --corpus`: bugs whose repair is known, and the same code without them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "@review/testkit/folders";
import { answer, startModelServer, type ModelServer } from "@review/testkit/openai";
import { expect, it, onTestFinished } from "vitest";
import { run, warning } from "./command.ts";

/** `eager` repairs whatever it is told is broken; `careful` looks first. */
async function models(edits: readonly { readonly find: string; readonly replace: string }[]): Promise<ModelServer> {
  const server = await startModelServer(({ model, turns }) => {
    const prompt = turns[0]!.text;
    const fitting = edits.find(({ find }) => prompt.includes(find));
    if (fitting)
      return answer({ decision: "fix", title: "Repair it", explanation: "It is repaired.", edits: [fitting] });
    const useless = { find: "export ", replace: "/* checked */ export " };
    return model === "eager"
      ? answer({ decision: "fix", title: "Touch it", explanation: "It is touched.", edits: [useless] })
      : answer({ decision: "no_suggestion", explanation: "The code is right as it stands." });
  });
  onTestFinished(() => server.close());
  return server;
}

async function evaluate(cwd: string, server: ModelServer, args: readonly string[]): Promise<string> {
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-test" };
  const { stdout, stderr, status } = await run(cwd, ["eval", ...args], { env });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return stdout;
}

it("takes fixtures with their repaired twins, and tells false fixes on the latter", { timeout: 600_000 }, async () => {
  const bug = warning.replace("save();\n}", 'save(); // want floating-promise "lost"\n}');
  const cwd = folderWith({
    "a.ts": bug,
    "a.repaired.ts": warning.replace("  save();", "  await save();"),
    "quiet.ts": bug,
  });
  const server = await models([{ find: "  save();", replace: "  await  save();" }]);
  const args = ["--corpus", "twins", "--model", "eager,careful", "-f", "json", "-o", "html=scores.html"];
  const { scores, comparisons } = JSON.parse(await evaluate(cwd, server, args));
  expect(scores).toMatchObject([
    { model: "eager", findings: 1, verifiedAt1: 1, restored: 1, falseFixes: { asked: 1, share: 1 } },
    { model: "careful", findings: 1, verifiedAt1: 1, restored: 1, falseFixes: { asked: 1, share: 0 } },
  ]);
  expect(comparisons).toHaveLength(1);
  expect(server.requests.some(({ text }) => text.includes("want "))).toBe(false);
  expect(readFileSync(join(cwd, "scores.html"), "utf8")).toContain("<td>100.0 % of 1</td>");
  expect(readFileSync(join(cwd, "a.ts"), "utf8")).toBe(bug);
});

it("breaks clean code by each rule's inverse edit, and knows what would restore it", { timeout: 600_000 }, async () => {
  const clean = {
    "a.ts": warning.replace("  save();", "  await save();"),
    "b.ts":
      'export function has(tags: readonly string[], tag: string): string {\n  if (tags.includes(tag)) return tag;\n  return "";\n}\n',
    "c.ts": "export const same = (a: Date, b: Date): boolean => a.getTime() === b.getTime();\n",
    "d.ts": "export const nothing = 1;\n",
  };
  const cwd = folderWith(clean);
  const server = await models([
    { find: "  save();", replace: "  await save();" },
    { find: "tags.indexOf(tag)", replace: "tags.includes(tag)" },
  ]);
  const rules = ["floating-promise", "index-as-boolean", "value-object-equality"];
  const args = [
    "--corpus",
    "mutations",
    "--rule",
    rules.join(),
    "--model",
    "careful",
    "-f",
    "json",
    "--record",
    "kept",
  ];
  const { scores } = JSON.parse(await evaluate(cwd, server, args));
  expect(scores).toMatchObject([{ findings: 3, restored: 1, falseFixes: { asked: 3, share: 0 } }]);
  expect(scores[0].byRule).toEqual(
    rules.map(ruleId => ({ ruleId, findings: 1, verified: ruleId === "value-object-equality" ? 0 : 1 })),
  );
  for (const [name, text] of Object.entries(clean)) expect(readFileSync(join(cwd, name), "utf8")).toBe(text);
  const asked = server.requests.length;
  const replayed = args.map(word => (word === "--record" ? "--replay" : word));
  expect(JSON.parse(await evaluate(cwd, server, replayed)).scores[0]).toMatchObject({ findings: 3, restored: 1 });
  expect(server.requests).toHaveLength(asked);
});

it("says what keeps it from measuring", { timeout: 300_000 }, async () => {
  const cwd = folderWith({ "a.ts": "export const one = 1;\n" });
  const env = { OPENAI_API_KEY: "sk-test" };
  const said = async (...args: readonly string[]): Promise<string> =>
    (await run(cwd, ["eval", ...args], { env })).stderr;
  expect(await said("--corpus", "twins")).toBe("review: There is nothing to make twins of below the paths.\n");
  expect(await said("--corpus", "bugs")).toContain("--corpus takes one of findings, twins, mutations.");
  expect(await said("--limit", "3")).toContain("--limit goes with --corpus");
});
