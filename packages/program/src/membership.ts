/** Which configuration a file belongs to: the nearest upward that includes it, itself or through a reference. */
import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { Configuration, ConfigurationReader } from "./configuration.ts";
import { ancestorsOf } from "./paths.ts";

/** What was found out about one file. */
export interface Membership {
  /** The configuration that includes the file. */
  readonly owner: Configuration | undefined;
  /** Configurations that were asked on the way, nearest first; variants only when they include the file. */
  readonly consulted: readonly Configuration[];
}

/** Answers for one file, given its absolute path. */
export type MembershipFinder = (file: string) => Membership;

/** How to tell whether a configuration includes a file by itself. */
export type Includes = (configuration: Configuration, file: string) => boolean;

/** Every file's own configuration: tsconfig.json or jsconfig.json, then its variants beside it, then the next folder up. */
export function nearestMembership(read: ConfigurationReader, includes: Includes): MembershipFinder {
  const variants = new Map<string, readonly string[]>();
  const variantsIn = (directory: string): readonly string[] => {
    const names = variants.get(directory) ?? variantNames(directory);
    variants.set(directory, names);
    return names;
  };
  return file => {
    const consulted: Configuration[] = [];
    for (const directory of ancestorsOf(posix.dirname(file))) {
      const main = MAIN_NAMES.map(name => read(posix.join(directory, name))).find(found => found !== undefined);
      if (main === undefined || (isForJavaScript(main) && consulted.length > 0 && isTypeScript(file))) continue;
      const family = withReferences(main, read);
      consulted.push(...family);
      const others = (): readonly Configuration[] =>
        variantsIn(directory).flatMap(name => read(posix.join(directory, name)) ?? []);
      const isOwner = (configuration: Configuration): boolean => includes(configuration, file);
      const owner = family.find(isOwner) ?? others().find(isOwner);
      if (owner) return { owner, consulted: [...consulted, owner] };
    }
    return { owner: undefined, consulted };
  };
}

/** One configuration for every file, as far as it or a reference of it includes the file. */
export function forcedMembership(
  start: Configuration,
  read: ConfigurationReader,
  includes: Includes,
): MembershipFinder {
  const family = withReferences(start, read);
  return file => ({ owner: family.find(configuration => includes(configuration, file)), consulted: family });
}

/** A configuration and what it refers to, directly or not, each once: references may run in circles. */
export function withReferences(start: Configuration, read: ConfigurationReader): readonly Configuration[] {
  const found = new Map([[start.file, start]]);
  for (const configuration of found.values()) {
    for (const { path } of configuration.references ?? []) {
      const file = path.endsWith(".json") ? path : posix.join(path, "tsconfig.json");
      const referred = found.has(file) ? undefined : read(file);
      if (referred) found.set(file, referred);
    }
  }
  return [...found.values()];
}

/** A jsconfig farther up speaks for JavaScript; TypeScript that a nearer tsconfig left out has nothing to do with it. */
function isForJavaScript({ file }: Configuration): boolean {
  return posix.basename(file) === "jsconfig.json";
}

function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file);
}

const MAIN_NAMES = ["tsconfig.json", "jsconfig.json"];

function variantNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter(name => /^tsconfig\..+\.json$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
