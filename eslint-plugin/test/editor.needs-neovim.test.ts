/** Neovim with its own client for language servers, the server of the editors' ESLint extension, and our plugin: nothing is ours but the keys. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { eslintServer, settingsFor } from "@review/testkit/editor";
import { expect, test } from "vitest";
import { workspaceOf } from "./workspace.ts";

const script = fileURLToPath(new URL("neovim.lua", import.meta.url));

interface Seen {
  readonly found: readonly object[];
  readonly saved: readonly string[];
  readonly offered: readonly string[];
  readonly repaired: readonly string[];
  readonly left: readonly object[];
}

test("Neovim shows what is wrong in a buffer that was never saved, and repairs it", async () => {
  const folder = workspaceOf({ "work.ts": "export declare function work(): Promise<number>;\n", "a.ts": "" });
  const lines = [`import { work } from "./work";`, "export async function run() {", "  work();", "}"];
  const setup = join(folder, "setup.json");
  const command = [process.execPath, eslintServer, "--stdio"];
  const settings = settingsFor(folder);
  writeFileSync(setup, JSON.stringify({ folder, file: join(folder, "a.ts"), lines, command, settings }));
  const { stdout } = await promisify(execFile)("nvim", ["--headless", "--clean", "-n", "-c", `source ${script}`], {
    env: { ...process.env, REVIEW_NEOVIM_SETUP: setup },
    timeout: 120_000,
  });
  const seen = JSON.parse(stdout) as Seen;
  expect(seen.found).toEqual([
    { code: "review/floating-promise", line: 2, column: 2, message: expect.stringContaining("`work`") as string },
  ]);
  expect(seen.saved).toEqual([]);
  expect(seen.offered.slice(0, 2)).toEqual([
    "Add `await` (review/floating-promise)",
    "Mark with `void` (review/floating-promise)",
  ]);
  expect(seen.repaired).toEqual(lines.map(line => line.replace("work();", "await work();")));
  expect(seen.left).toEqual([]);
}, 150_000);
