/** Where a report goes and in which format. */
import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { nearest } from "@review/findings";
import { reporters, type FormatName, type Report, type ReporterOptions } from "@review/reporters";
import { messageOf, UsageError } from "./errors.ts";
import type { ReviewOptions } from "./options.ts";
import { hasColour, hasHyperlinks } from "./terminal.ts";
import { writeOut } from "./write-out.ts";

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

/** Throws a `UsageError` for a file that cannot be written: better now than after the review. */
export function checkOutputs(outputs: readonly Output[], cwd: string): void {
  for (const path of outputs.flatMap(({ file }) => (file === undefined ? [] : [resolve(cwd, file)]))) {
    const reason = obstacle(path);
    if (reason !== undefined) throw unwritable(path, reason);
  }
}

/** Why a file cannot be written into what is there now. */
function obstacle(path: string): string | undefined {
  try {
    const present = nearestPresent(path);
    const isFolder = statSync(present).isDirectory();
    if (isFolder !== (present !== path)) return isFolder ? "it is a directory" : `${present} is no directory`;
    accessSync(present, constants.W_OK);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function nearestPresent(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestPresent(dirname(path));
}

/** Writes every output; what cannot be written is a `UsageError`. */
export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  options: ReviewOptions,
  cwd: string,
): Promise<void> {
  for (const { format, file } of outputs) {
    const isScreen = file === undefined;
    const onPage = { cwd, colour: options.color === true, width: PAGE_WIDTH, hyperlinks: false };
    const text = reporters[format](report, isScreen ? onScreen(options, cwd) : onPage);
    if (isScreen) await writeOut(text);
    else writeFile(resolve(cwd, file), text);
  }
}

const PAGE_WIDTH = 100;

/** How reports look on standard output. */
export function onScreen({ color }: Pick<ReviewOptions, "color">, cwd: string): ReporterOptions {
  // Some terminals do not know their width and say 0.
  const width = process.stdout.columns || PAGE_WIDTH;
  return { cwd, colour: hasColour(color), width, hyperlinks: hasHyperlinks() };
}

function writeFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw unwritable(path, messageOf(error));
  }
}

function unwritable(path: string, reason: string): UsageError {
  return new UsageError(`Cannot write ${JSON.stringify(path)}: ${reason}; name another file with -o.`);
}
