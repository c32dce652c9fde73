/** `review --watch` as a process that runs while somebody writes. */
import type { ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "@review/testkit/folders";
import { sensible, startModelServer } from "@review/testkit/openai";
import { expect, it, onTestFinished } from "vitest";
import { childrenOf, finished, isAlive, run, sound, start, until, warning } from "./command.ts";

interface Watching {
  readonly child: ChildProcess;
  /** What it has said since the last call, once that holds a text. */
  readonly said: (text: string) => Promise<string>;
}

function watching(cwd: string, args: readonly string[], env: Record<string, string> = {}): Watching {
  const child = start(cwd, args, { env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += String(chunk)));
  const said = async (text: string): Promise<string> => {
    await until(() => output.includes(text) || undefined);
    const heard = output;
    output = "";
    return heard;
  };
  return { child, said };
}

const repaired = warning.replace("  save();", "  await save();");

it("reviews each file as it is saved, says what is new and what is gone, and leaves nothing behind", async () => {
  const cwd = folderWith({ "src/a.ts": warning, "src/b.ts": sound });
  const { child, said } = watching(cwd, ["--watch"]);
  expect(await said("Waiting for files to be saved")).toContain("1 warning in 1 of 2 files");

  writeFileSync(join(cwd, "src/b.ts"), warning);
  expect(await said("src/b.ts: 1 new, 0 gone, 2 left.\n")).toContain("src/b.ts:3:3");
  writeFileSync(join(cwd, "src/a.ts"), `\n${repaired}`);
  expect(await said("src/a.ts: 0 new, 1 gone, 1 left.\n")).toMatch(/^gone: floating-promise: Nobody /m);
  // Moved lines make no finding new.
  writeFileSync(join(cwd, "src/b.ts"), `// A comment.\n${warning}`);
  expect(await said("left.\n")).toBe("src/b.ts: 0 new, 0 gone, 1 left.\n");
  // A file that is half written is no news about what was found in it.
  writeFileSync(join(cwd, "src/b.ts"), "export const = ;\n");
  expect(await said("left.\n")).toMatch(
    /^incomplete: Syntax error in line 1: .*\nsrc\/b\.ts: 0 new, 0 gone, 1 left\.\n$/,
  );

  mkdirSync(join(cwd, "lib/new"), { recursive: true });
  writeFileSync(join(cwd, "lib/new/c.ts"), warning);
  expect(await said("lib/new/c.ts: 1 new, 0 gone, 2 left.\n")).toMatch(/^warning/);
  rmSync(join(cwd, "src/b.ts"));
  await said("src/b.ts: 0 new, 1 gone, 1 left.\n");

  const compilers = process.platform === "win32" ? [] : childrenOf(child.pid ?? 0);
  const end = finished(child);
  child.kill("SIGINT");
  const { status } = await end;
  // Windows ends a process without asking it.
  if (process.platform !== "win32") expect(status).toBe(130);
  expect(compilers.filter(isAlive)).toEqual([]);
});

it("looks again at what imports a saved file, and speaks of it where that makes a difference", async () => {
  const caller = `import { save } from "./save.ts";\nexport function run(): void {\n  save();\n}\n`;
  const cwd = folderWith({ "save.ts": "export function save(): void {}\n", "a.ts": caller, "b.ts": sound });
  const { child, said } = watching(cwd, ["--watch"]);
  expect(await said("Waiting for files to be saved")).toContain("No findings in 3 files");
  writeFileSync(join(cwd, "save.ts"), "export declare function save(): Promise<void>;\n");
  expect(await said("a.ts: 1 new, 0 gone, 1 left.\n")).toMatch(
    /^save\.ts: 0 new, 0 gone, 0 left\.\nwarning\[floating-promise\]/,
  );
  rmSync(join(cwd, "save.ts"));
  await said("a.ts: 0 new, 1 gone, 0 left.\n");
  child.kill("SIGINT");
});

it("reviews everything again where a configuration is saved, and goes on as before where it is wrong", async () => {
  const caller = `import { save } from "lib/save";\nexport function run(): void {\n  save();\n}\n`;
  const lib = { "lib/save.ts": "export declare function save(): Promise<void>;\n" };
  const cwd = folderWith({ "src/a.ts": caller, ...lib, "tsconfig.json": "{}", "package.json": "{}" });
  const { child, said } = watching(cwd, ["--watch"]);
  expect(await said("Waiting for files to be saved")).toContain("No findings in 2 files");
  const options = { paths: { "lib/*": ["./lib/*"] } };
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
  expect(await said("tsconfig.json: 0 new, 0 gone, 1 left.\n")).toMatch(
    /^warning\[floating-promise\][\s\S]*src\/a\.ts: 1 new, 0 gone, 1 left\.\n/,
  );
  const config = join(cwd, "review.config.json");
  writeFileSync(config, `{ "rules": { "floating-promise": "off" } }`);
  expect(await said("review.config.json: 0 new, 0 gone, 0 left.\n")).toContain("src/a.ts: 0 new, 1 gone, 0 left.\n");
  writeFileSync(config, `{ "rules": { "floating-promise": `);
  expect(await said("goes on as before.")).toMatch(/^review: review\.config\.json:1:\d+: this is not valid JSON/);
  writeFileSync(join(cwd, "src/a.ts"), `// A comment.\n${caller}`);
  await said("src/a.ts: 0 new, 0 gone, 0 left.\n");
  rmSync(config);
  await said("review.config.json: 0 new, 0 gone, 1 left.\n");
  writeFileSync(join(cwd, "package.json"), `{ "name": "x" }`);
  expect(await said("left.\n")).toBe("package.json: 0 new, 0 gone, 1 left.\n");
  writeFileSync(join(cwd, "src/a.ts"), caller.replace("save();", "void save();"));
  await said("src/a.ts: 0 new, 1 gone, 0 left.\n");
  child.kill("SIGINT");
}, 240_000);

it("asks the model about what is found while somebody writes, and keeps its verified edits for the editor", async () => {
  const cwd = folderWith({ "a.ts": sound });
  const server = await startModelServer(sensible({ find: "  save();", replace: "  await save();" }));
  onTestFinished(() => server.close());
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-test", REVIEW_MODEL: "test-model" };
  const { child, said } = watching(cwd, ["watch", "--suggest"], env);
  await said("Waiting for files to be saved");
  writeFileSync(join(cwd, "a.ts"), warning);
  expect(await said("The model took 1 request")).toMatch(/\+ +await save\(\);/);
  expect(readdirSync(join(cwd, ".cache"), { recursive: true }).some(name => /fixes/.test(String(name)))).toBe(true);
  // What was answered once is not asked again.
  writeFileSync(join(cwd, "a.ts"), `${warning}// A comment.\n`);
  await said("a.ts: 0 new, 0 gone, 1 left.");
  expect(server.requests).toHaveLength(1);
  child.kill("SIGINT");
});

it.each([
  [["--watch", "--fix"], "--watch does not go with --fix: leave out one of them."],
  [["watch", "-o", "report.txt"], "--watch does not go with --output: leave out one of them."],
  [["--watch", "-f", "json"], '--watch is for people, and prints no "json": leave out -f.'],
])("%s is wrong use", async (args, message) => {
  expect(await run(folderWith({}), args)).toEqual({ status: 2, stdout: "", stderr: `review: ${message}\n` });
});
