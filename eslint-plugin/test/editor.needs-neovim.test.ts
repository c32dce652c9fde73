/** A whole editor: Neovim's own language client with the server of the editors' ESLint extension. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { eslintServer, settingsFor } from "@review/testkit/editor";
import { expect, test } from "vitest";
import { workspaceOf } from "./workspace.ts";

const script = fileURLToPath(new URL("neovim.lua", import.meta.url));

test("Neovim shows what is wrong in the saved text and in what is typed, and repairs it", async () => {
  const saved = ["export declare function work(): Promise<number>;", "work();"];
  const folder = workspaceOf({ "a.ts": `${saved.join("\n")}\n` });
  const typed = ["// review-ignore floating-promise -- nothing here", "export const x = 1;"];
  const given = {
    command: [process.execPath, eslintServer, "--stdio"],
    settings: settingsFor(folder),
    folder,
    file: join(folder, "a.ts"),
    typed,
  };
  const paths = { REVIEW_TEST_GIVEN: join(folder, "given.json"), REVIEW_TEST_SAID: join(folder, "said.json") };
  writeFileSync(paths.REVIEW_TEST_GIVEN, JSON.stringify(given));
  await promisify(execFile)("nvim", ["--headless", "-u", "NONE", "-n", "-c", `luafile ${script}`], {
    cwd: folder,
    env: { ...process.env, ...paths },
    timeout: 280_000,
  });
  expect(JSON.parse(readFileSync(paths.REVIEW_TEST_SAID, "utf8"))).toEqual({
    saved: ["review/floating-promise"],
    typed: ["review/floating-promise", "review/unused-ignore"],
    action: "Fix this review/unused-ignore problem",
    text: [...saved, "export const x = 1;"],
    repaired: ["review/floating-promise"],
  });
}, 300_000);
