import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";

const script = `import { configuredRequest, loadConfig, review, type Finding, type Ports, type Report, type ReviewRequest } from "@review/review";

const cwd: string = process.cwd();
const loaded = await loadConfig(cwd);
const request: ReviewRequest = {
  target: { kind: "paths", paths: ["src"], cwd },
  ...(loaded ? configuredRequest(loaded) : {}),
};
const notes: string[] = [];
const ports: Ports = { signal: AbortSignal.timeout(60_000), onNote: note => notes.push(note) };
const report: Report = await review(request, ports);
const lines = report.findings.map(({ file, ruleId, severity, fixes }: Finding) => [file, ruleId, severity, fixes.length]);
console.log(JSON.stringify({ lines, analysed: report.summary.analysed, notes }));
`;

/** A project that has installed the package, as a package manager links it. */
function project(): string {
  const folder = folderWith({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        module: "nodenext",
        target: "es2023",
        strict: true,
        types: ["node"],
        exactOptionalPropertyTypes: true,
      },
      include: ["*.ts"],
    }),
    "review.config.ts": `import { defineConfig } from "@review/review";
export default defineConfig({ rules: { "floating-promise": "error" } });
`,
    "main.ts": script,
    "src/a.ts": "declare function save(): Promise<void>;\nexport function run(): void {\n  save();\n}\n",
  });
  link(folder, "@review/review", fileURLToPath(new URL("..", import.meta.url)));
  link(folder, "@types/node", dirname(require.resolve("@types/node/package.json")));
  return folder;
}

function link(folder: string, name: string, target: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction");
}

const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve("@typescript/native/package.json")), "bin/tsc");

it("compiles against the exported types and reviews a project from a script of its own", () => {
  const cwd = project();
  const compiled = spawnSync(process.execPath, [compiler, "-p", "."], { cwd, encoding: "utf8" });
  expect({ stdout: compiled.stdout, status: compiled.status }).toEqual({ stdout: "", status: 0 });
  const { status, stdout, stderr } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    lines: [["src/a.ts", "floating-promise", "error", 1]],
    analysed: 1,
    notes: [],
  });
});
