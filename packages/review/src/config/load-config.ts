/** From a folder to the configuration that holds there: found, read or run, and checked. */
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname } from "node:path";
import { pathToFileURL } from "node:url";
import { RequestError } from "../request-error.ts";
import { relativeTo } from "../paths.ts";
import { defineConfig, type Config } from "./config.ts";
import { keyPath, type ConfigProblem } from "./describe-issue.ts";
import { findConfig } from "./find-config.ts";

export interface LoadConfigOptions {
  /** Whether configurations in TypeScript and JavaScript may run; false for sources that are not trusted. True if absent. */
  readonly executable?: boolean;
}

export interface LoadedConfig {
  /** Absolute path of the file. */
  readonly path: string;
  /** Absolute path of the folder that its globs are relative to. */
  readonly folder: string;
  readonly config: Config;
}

/**
 * The configuration that holds for a working directory; undefined where there is none. Rejects with a `RequestError` that
 * names the file, the key and how to mend it.
 */
export async function loadConfig(cwd: string, options: LoadConfigOptions = {}): Promise<LoadedConfig | undefined> {
  const path = findConfig(cwd, options.executable ?? true);
  if (path === undefined) return undefined;
  const { value, place } = await read(path, relativeTo(cwd, path));
  const { checkConfig } = await import("./schema.ts");
  const checked = checkConfig(value);
  if (checked.kind === "invalid") throw wrong(place, checked.problem);
  return { path, folder: dirname(path), config: checked.config };
}

interface ReadConfig {
  readonly value: unknown;
  /** The file's name, with line and column of a key where they are known. */
  readonly place: (key: ConfigProblem["path"]) => string;
}

async function read(path: string, name: string): Promise<ReadConfig> {
  if (/\.jsonc?$/.test(path)) return readData(path, name);
  try {
    return { value: await run(path), place: () => name };
  } catch (error) {
    throw new RequestError(`${name}: it cannot be loaded: ${firstLine(error)}`, { cause: error });
  }
}

async function readData(path: string, name: string): Promise<ReadConfig> {
  const { parseJson } = await import("./json.ts");
  const text = (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  const parsed = parseJson(text, extname(path) === ".jsonc");
  if (parsed.kind === "malformed") {
    const { line, column } = parsed.position;
    throw new RequestError(`${name}:${line}:${column}: this is not valid JSON: ${parsed.message}`);
  }
  const inside = basename(path) === "package.json" ? ["review"] : [];
  return {
    value: inside.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], parsed.value),
    place: key => {
      const { line, column } = parsed.positionOf([...inside, ...key]);
      return `${name}:${line}:${column}`;
    },
  };
}

/** What a module exports as its default. */
async function run(path: string): Promise<unknown> {
  const module: unknown = /\.m?ts$/.test(path) ? await runTypeScript(path) : await import(await freshUrl(path));
  const { default: value } = module as { readonly default?: unknown };
  if (value === undefined) throw new Error("it has no default export; write `export default defineConfig({ … })`");
  return value;
}

/** A module that was loaded once is not read again under the same address. */
async function freshUrl(path: string): Promise<string> {
  const { mtimeMs } = await stat(path);
  return `${pathToFileURL(path).href}?saved=${mtimeMs}`;
}

/** Node 20 cannot read types. A configuration finds `defineConfig` also where only the command is installed. */
async function runTypeScript(path: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const virtualModules = { "@review/review": { defineConfig } };
  return createJiti(pathToFileURL(path).href, { fsCache: false, moduleCache: false, virtualModules }).import(path);
}

function wrong(place: ReadConfig["place"], { path, message }: ConfigProblem): RequestError {
  const key = keyPath(path);
  return new RequestError(`${place(path)}: ${key === "" ? "" : `\`${key}\`: `}${message}`);
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n").find(line => line.trim() !== "") ?? "an error without words";
}
