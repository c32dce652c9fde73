/** Gives every file to a configuration, by its name, its real name, or because the project's other files import it. */
import { existsSync } from "node:fs";
import { createFileSystemLayer } from "typescript/fs";
import type { API } from "typescript/sync";
import type { Configuration } from "./configuration.ts";
import type { Includes, Membership, MembershipFinder } from "./membership.ts";
import { realName } from "./paths.ts";

/** Which files each configuration is to be used for. */
export interface Assignment {
  readonly members: ReadonlyMap<Configuration, ReadonlySet<string>>;
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
  const members = new Map<Configuration, Set<string>>();
  const consulted = new Set<Configuration>();
  const aliases = new Map<string, string>();
  const left: { readonly file: string; readonly membership: Membership }[] = [];
  const give = (owner: Configuration, file: string): void => {
    members.set(owner, (members.get(owner) ?? new Set()).add(file));
  };
  const ask = (file: string): Membership => {
    const membership = find(file);
    for (const configuration of membership.consulted) consulted.add(configuration);
    return membership;
  };
  for (const file of files) {
    const membership = ask(file);
    const real = membership.owner ? file : realName(file);
    const realOwner = real === file ? undefined : ask(real).owner;
    if (membership.owner) give(membership.owner, file);
    else if (realOwner) {
      aliases.set(file, real);
      give(realOwner, real);
    } else left.push({ file, membership });
  }
  const reaches = namesIn(api, configuration => filesReached(api, configuration));
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
  const onDisk = namesIn(api, ({ fileNames }) => fileNames);
  return texts => {
    const laid = namesIn(api, configuration => fileNamesWith(api, configuration, texts));
    return (configuration, file) =>
      onDisk(configuration, file) || (texts.has(file) && !existsSync(file) && laid(configuration, file));
  };
}

/** Whether a list that is made once for each configuration has a file, in the file system's own sense of sameness. */
function namesIn(api: API, list: (configuration: Configuration) => readonly string[]): Includes {
  const known = new Map<Configuration, ReadonlySet<string>>();
  return (configuration, file) => {
    const names = known.get(configuration) ?? new Set(list(configuration).map(name => api.getCanonicalFileName(name)));
    known.set(configuration, names);
    return names.has(api.getCanonicalFileName(file));
  };
}

function fileNamesWith(api: API, { file }: Configuration, texts: ReadonlyMap<string, string>): readonly string[] {
  const snapshot = api.createSnapshot({ openProjects: [file], fileSystem: createFileSystemLayer([...texts]) });
  const names = snapshot.getConfiguredProject(file)?.parsedCommandLine.fileNames ?? [];
  snapshot.dispose();
  return names;
}

function filesReached(api: API, { fileNames, options }: Configuration): readonly string[] {
  const program = api.createProgram(fileNames, options);
  const names = program.getSourceFileNames();
  program.dispose();
  return names;
}
