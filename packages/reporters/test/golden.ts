/** Whole outputs kept as files: `ACCEPT=1` writes them anew, to be read before they are kept. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "vitest";
import { plain } from "./sample.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "golden");

/** Compares a text with `golden/<name>`; the working directory may be written in any platform's way. */
export function expectGolden(name: string, text: string): void {
  const file = join(folder, name);
  const actual = text.replaceAll(pathToFileURL(plain.cwd).href, `file://${plain.cwd}`);
  if (process.env["ACCEPT"] === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, actual);
  }
  expect(actual).toBe(readFileSync(file, "utf8"));
}
