/** Where a report goes and in which format. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { nearest } from "@review/findings";
import { reporters, type FormatName, type Report } from "@review/reporters";
import { UsageError } from "./errors.ts";
import type { ReviewOptions } from "./program.ts";
import { hasColour, hasHyperlinks } from "./terminal.ts";

export interface Output {
  readonly format: FormatName;
  /** Undefined: standard output. */
  readonly file: string | undefined;
}

/**
 * The outputs that the options ask for. `-o FILE` replaces standard output; with `-o FORMAT=FILE` alone standard output
 * gets a report only where `--format` asks for one.
 */
export function outputsFor(options: Pick<ReviewOptions, "format" | "output">): readonly Output[] {
  const format = formatNamed(options.format ?? "pretty");
  const files = (options.output ?? []).map(value => fileOutput(value, format));
  const isReplaced = files.length > 0 && (options.format === undefined || files.some(({ isPlain }) => isPlain));
  return [...files, ...(isReplaced ? [] : [{ format, file: undefined }])];
}

function fileOutput(value: string, format: FormatName): Output & { readonly isPlain: boolean } {
  const [, name, file] = /^([a-z]+)=(.+)$/.exec(value) ?? [];
  if (name === undefined || file === undefined) return { format, file: value, isPlain: true };
  return { format: formatNamed(name), file, isPlain: false };
}

function formatNamed(name: string): FormatName {
  if (Object.hasOwn(reporters, name)) return name as FormatName;
  const names = Object.keys(reporters);
  const close = nearest(name, names);
  const hint = close === undefined ? `use ${names.join(", ")}` : `did you mean "${close}"?`;
  throw new UsageError(`There is no format "${name}": ${hint}`);
}

export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  options: ReviewOptions,
  cwd: string,
): Promise<void> {
  for (const { format, file } of outputs) {
    const isScreen = file === undefined;
    const text = reporters[format](report, {
      cwd,
      colour: isScreen ? hasColour(options.color) : options.color === true,
      width: (isScreen ? process.stdout.columns : undefined) ?? 100,
      hyperlinks: isScreen && hasHyperlinks(),
    });
    if (isScreen) await writeOut(text);
    else writeFile(resolve(cwd, file), text);
  }
}

/** Waits until the reader has taken the text: a process that ends earlier cuts it off. */
function writeOut(text: string): Promise<void> {
  return new Promise(done => {
    process.stdout.write(text, () => done());
  });
}

function writeFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
