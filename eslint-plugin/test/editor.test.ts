import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Editor, startEditor } from "@review/testkit/editor";
import { answer, startModelServer } from "@review/testkit/openai";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { workspaceOf } from "./workspace.ts";

const command = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));

const work = "export declare function work(): Promise<number>;\n";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

test("an editor shows, explains and repairs what is wrong in a text that was never saved", async () => {
  const folder = workspaceOf({ "work.ts": work, "a.ts": "" });
  editor = await startEditor(folder);
  const lines = [
    `import { work } from "./work";`,
    "export async function run() {",
    "  work();",
    "}",
    "// review-ignore floating-promise -- nothing here",
    "export const x = 1;",
  ];
  editor.write("a.ts", lines.join("\n"));
  const [floating, unused] = await editor.diagnostics("a.ts");
  expect([floating?.code, floating?.range.start]).toEqual(["review/floating-promise", { line: 2, character: 2 }]);
  expect(floating?.codeDescription?.href).toMatch(/\/floating-promise\/README\.md$/);
  expect(unused?.code).toBe("review/unused-ignore");

  const suggestions = await editor.actions("a.ts", floating!);
  expect(suggestions.map(action => action.title)).toEqual([
    "Add `await` (review/floating-promise)",
    "Mark with `void` (review/floating-promise)",
    "Disable review/floating-promise for this line",
    "Disable review/floating-promise for the entire file",
    "Show documentation for review/floating-promise",
  ]);
  expect(await editor.run(suggestions[0]!)).toEqual(["2:2-2:2 await "]);

  const [fix] = await editor.actions("a.ts", unused!);
  expect(fix?.title).toBe("Fix this review/unused-ignore problem");
  expect(await editor.run(fix!)).toEqual(["4:0-5:0 "]);
});

test("an editor leads to a rule's page, and hides a finding by a comment that the command heeds as well", async () => {
  const folder = workspaceOf({ "a.ts": "" });
  editor = await startEditor(folder);
  const text = `${work}export async function run() {\n  work();\n}\n`;
  editor.write("a.ts", text);
  const [floating] = await editor.diagnostics("a.ts");
  const actions = await editor.actions("a.ts", floating!);
  const titled = (title: string): (typeof actions)[number] => actions.find(action => action.title.startsWith(title))!;
  await editor.run(titled("Show documentation"));
  expect(editor.pages).toEqual([floating?.codeDescription?.href]);
  const comment = "  // eslint-disable-next-line review/floating-promise\n";
  expect(await editor.run(titled("Disable review/floating-promise for this line"))).toEqual([`2:0-2:0 ${comment}`]);
  editor.write("a.ts", text.replace("  work", `${comment}  work`));
  expect(await editor.diagnostics("a.ts")).toEqual([]);
});

test("an editor repairs on demand or on saving all that is safe, and nothing else", async () => {
  const folder = workspaceOf({ "a.ts": "" });
  editor = await startEditor(folder);
  const ignore = "// review-ignore floating-promise -- nothing here\n";
  editor.write("a.ts", `${ignore}export const x = 1;\n${work}work();\n${ignore}export const y = 2;\n`);
  expect((await editor.diagnostics("a.ts")).map(({ code }) => code)).toEqual([
    "review/unused-ignore",
    "review/floating-promise",
    "review/unused-ignore",
  ]);
  const repaired = `export const x = 1;\n${work}work();\nexport const y = 2;\n`;
  expect(await editor.fixAll("a.ts")).toBe(repaired);
  expect(await editor.fixesOnSave("a.ts")).toBe(repaired);
});

test("an editor offers what a model has suggested and the command has verified, as long as the code is that code", async () => {
  const helpers = `${work}export declare function report(error: unknown): void;\n`;
  const run = `export async function run(): Promise<void> {\n  work();\n}\n`;
  const folder = workspaceOf({ "a.ts": helpers + run });
  const explanation = "`work` can fail and nobody hears of it.";
  const edits = [{ find: "  work();", replace: "  await work().catch(report);" }];
  const server = await startModelServer(() =>
    answer({ decision: "fix", title: "Report failures", explanation, edits }),
  );
  onTestFinished(() => server.close());
  const env = { ...process.env, OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-test", REVIEW_MODEL: "test-model" };
  await promisify(execFile)(process.execPath, [command, "suggest", "--path", "a.ts"], { cwd: folder, env });
  expect(server.requests).toHaveLength(1);

  editor = await startEditor(folder);
  const offered = async (text: string): Promise<readonly string[]> => {
    editor!.write("a.ts", text);
    const [floating] = await editor!.diagnostics("a.ts");
    const [first] = await editor!.actions("a.ts", floating!);
    return [first?.title ?? "", ...(await editor!.run(first!))];
  };
  const kept = `Report failures (test-model): ${explanation} (review/floating-promise)`;
  const own = ["Add `await` (review/floating-promise)", "4:2-4:2 await "];
  // The code is the same code wherever it stands.
  const moved = `// Of work.\n${helpers}${run}`;
  expect(await offered(moved)).toEqual([kept, "4:0-4:9   await work().catch(report);"]);
  expect(await offered(moved.replace("  work();", "  work();\n  report(1);"))).toEqual(own);
  // What stood every check once must stand those of the code around it now.
  expect(await offered(moved.replace("report(error: unknown)", "tell(error: unknown)"))).toEqual(own);
  expect(server.requests).toHaveLength(1);
}, 120_000);

test("an editor sees what a saved tsconfig changes, and so what that extends, in a file that nobody touches", async () => {
  const folder = workspaceOf({ "lib/work.ts": work, "a.ts": "" });
  editor = await startEditor(folder);
  editor.write("a.ts", `import { work } from "lib/work";\nwork();\nexport {};\n`);
  const codes = async (): Promise<readonly string[]> => (await editor!.diagnostics("a.ts")).map(({ code }) => code);
  const save = (file: string, config: object): void => writeFileSync(join(folder, file), JSON.stringify(config));
  const soon = { timeout: 20_000, interval: 250 };
  expect(await codes()).toEqual([]);
  const paths = { "lib/*": ["./lib/*"] };
  save("tsconfig.json", { compilerOptions: { paths } });
  await vi.waitFor(async () => expect(await codes()).toEqual(["review/floating-promise"]), soon);
  save("base.json", { compilerOptions: {} });
  save("tsconfig.json", { extends: "./base.json" });
  await vi.waitFor(async () => expect(await codes()).toEqual([]), soon);
  save("base.json", { compilerOptions: { paths } });
  await vi.waitFor(async () => expect(await codes()).toEqual(["review/floating-promise"]), soon);
}, 120_000);

test("an editor keeps up with every keystroke, also with those in another file", async () => {
  const folder = workspaceOf({ "work.ts": "export const work = () => 1;\n", "a.ts": "" });
  editor = await startEditor(folder);
  const caller = `import { work } from "./work";\nwork();\nexport {};\n`;
  const places = async (): Promise<readonly number[]> =>
    (await editor!.diagnostics("a.ts")).map(diagnostic => diagnostic.range.start.line);
  editor.write("a.ts", caller);
  expect(await places()).toEqual([]);
  editor.write("work.ts", work);
  expect(await editor.diagnostics("work.ts")).toEqual([]);
  expect(await places()).toEqual([1]);
  editor.write("a.ts", `\n${caller}`);
  expect(await places()).toEqual([2]);
  editor.write("a.ts", caller.replace("work()", "await work()"));
  expect(await places()).toEqual([]);
});
