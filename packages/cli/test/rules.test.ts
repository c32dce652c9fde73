import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { run } from "./command.ts";

const BOLD = "\u001B[1m";

it("shows help in 80 columns with the options in groups, examples and exit statuses", async () => {
  const { status, stdout, stderr } = await run(folderWith({}), ["--help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.split("\n").filter(line => line.length > 80)).toEqual([]);
  for (const heading of [
    "What is reviewed:",
    "What is shown:",
    "When it fails:",
    "Repair:",
    "Exit status:",
    "Examples:",
  ]) {
    expect(stdout).toContain(`\n${heading}\n`);
  }
});

it("tells its version", async () => {
  expect((await run(folderWith({}), ["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it("lists the rules, a line each, and as JSON", async () => {
  const cwd = folderWith({});
  const { status, stdout } = await run(cwd, ["rules"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^floating-promise +warning +promises +recommended +A promise is made and [^…]*\.$/m);
  const rules = JSON.parse((await run(cwd, ["rules", "--format", "json"])).stdout);
  expect(rules).toHaveLength(stdout.trim().split("\n").length);
  expect(rules).toContainEqual(
    expect.objectContaining({ id: "floating-promise", severity: "warning", category: "promises" }),
  );
});

it("gives a rule's page to another program as it is written, and draws it where there are colours", async () => {
  const cwd = folderWith({});
  const plain = await run(cwd, ["explain", "floating-promise"]);
  expect(plain.stdout).toMatch(/^# floating-promise\n/);
  expect(plain.stdout).toContain("```ts bad\n");
  expect(plain.stdout).not.toContain("<!--");
  const drawn = await run(cwd, ["explain", "floating-promise"], { env: { FORCE_COLOR: "1" } });
  expect(drawn.stdout.startsWith(`${BOLD}floating-promise`)).toBe(true);
  expect(drawn.stdout).toContain("\n    async function submit(text: string)");
  expect(drawn.stdout).not.toContain("```");
});

it("explains the rules about suppressions too", async () => {
  expect((await run(folderWith({}), ["explain", "unused-ignore"])).stdout).toMatch(
    /^# unused-ignore\n\n.*hides nothing/,
  );
});
