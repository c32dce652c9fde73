/** Gives every file to a configuration, by its name, its real name, or because the project's other files import it. */
import { realpathSync } from "node:fs";
import { createFileSystemLayer } from "typescript/fs";
import type { API } from "typescript/sync";
import type { Configuration } from "./configuration.ts";
import type { Includes, Membership, MembershipFinder } from "./membership.ts";
import { withSlashes } from "./paths.ts";

/** Which files each configuration is to be used for. */
export interface Assignment {
  readonly members: ReadonlyMap<Configuration, readonly string[]>;
  readonly loose: readonly LooseFile[];
  /** Every configuration that was asked. */
  readonly consulted: ReadonlySet<Configuration>;
  /** Names given to real names, for files that belong to a project under the latter only. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A file that no configuration includes, and the nearest one that might have. */
export interface LooseFile {
  readonly file: string;
  readonly nearest: Configuration | undefined;
}

/** Assigns files; starts programs only for configurations that name files one by one, to see what these import. */
export function assignFiles(api: API, files: readonly string[], find: MembershipFinder): Assignment {
  const members = new Map<Configuration, string[]>();
  const consulted = new Set<Configuration>();
  const aliases = new Map<string, string>();
  const left: { readonly file: string; readonly membership: Membership }[] = [];
  const give = (owner: Configuration, file: string): void => {
    const owned = members.get(owner);
    if (owned === undefined) members.set(owner, [file]);
    else if (!owned.includes(file)) owned.push(file);
  };
  for (const file of files) {
    const membership = find(file);
    for (const configuration of membership.consulted) consulted.add(configuration);
    const real = membership.owner ? undefined : realName(file);
    const realOwner = real === undefined ? undefined : find(real).owner;
    if (membership.owner) give(membership.owner, file);
    else if (real !== undefined && realOwner) {
      aliases.set(file, real);
      give(realOwner, real);
    } else left.push({ file, membership });
  }
  const reaches = importReach(api);
  const loose = left.filter(({ file, membership }) => {
    const owner = membership.consulted.find(candidate => candidate.listsFiles && reaches(candidate, file));
    if (owner) give(owner, file);
    return !owner;
  });
  const withNearest = loose.map(({ file, membership }) => ({ file, nearest: membership.consulted[0] }));
  return { members, loose: withNearest, consulted, aliases };
}

/** Whether a configuration's own list names a file, also one that only exists as a text so far. */
export function listingOf(api: API): (texts: ReadonlyMap<string, string>) => Includes {
  const onDisk = new Map<Configuration, ReadonlySet<string>>();
  return texts => {
    const laid = new Map<Configuration, ReadonlySet<string>>();
    const has = (
      known: Map<Configuration, ReadonlySet<string>>,
      configuration: Configuration,
      name: string,
      list: () => readonly string[],
    ): boolean => {
      const names = known.get(configuration) ?? new Set(list().map(file => api.getCanonicalFileName(file)));
      known.set(configuration, names);
      return names.has(name);
    };
    return (configuration, file) => {
      const name = api.getCanonicalFileName(file);
      if (has(onDisk, configuration, name, () => configuration.fileNames)) return true;
      return texts.has(file) && has(laid, configuration, name, () => fileNamesWith(api, configuration, texts));
    };
  };
}

function fileNamesWith(api: API, { file }: Configuration, texts: ReadonlyMap<string, string>): readonly string[] {
  const snapshot = api.createSnapshot({ openProjects: [file], fileSystem: createFileSystemLayer([...texts]) });
  const names = snapshot.getConfiguredProject(file)?.parsedCommandLine.fileNames ?? [];
  snapshot.dispose();
  return names;
}

function importReach(api: API): Includes {
  const known = new Map<Configuration, ReadonlySet<string>>();
  return (configuration, file) => {
    const names = known.get(configuration) ?? reachOf(api, configuration);
    known.set(configuration, names);
    return names.has(api.getCanonicalFileName(file));
  };
}

function reachOf(api: API, { fileNames, options }: Configuration): ReadonlySet<string> {
  const program = api.createProgram(fileNames, options);
  const names = program.getSourceFileNames().map(file => api.getCanonicalFileName(file));
  program.dispose();
  return new Set(names);
}

function realName(file: string): string | undefined {
  try {
    const real = withSlashes(realpathSync.native(file));
    return real === file ? undefined : real;
  } catch {
    return undefined;
  }
}
