/** Sorts files into projects and says what each project's program is made of. */
import { posix } from "node:path";
import type { API, CreateSnapshotProgramParams, RawCompilerOptions } from "typescript/sync";
import { admitFiles } from "./admission.ts";
import { type Assignment, assignFiles, type LooseFile, listingOf } from "./assignment.ts";
import { type Configuration, type ConfigurationReader, configurationReader } from "./configuration.ts";
import { groupLooseFiles, looseOptions, nearbyDeclarations, type LooseGroup } from "./loose-files.ts";
import { type ManifestReader, manifestReader, packageDirectoryOf } from "./manifest.ts";
import { forcedMembership, nearestMembership } from "./membership.ts";
import { type Governed, packageNotes } from "./package-notes.ts";
import { type PackageSourceFinder, packageSourceFinder } from "./package-sources.ts";
import type { Note, Problem, ProjectPlan, SessionRequest } from "./session.ts";
import { type Workspaces, workspacesOf } from "./workspace.ts";

/** A plan with what only the session needs of it. */
export interface PlannedProject extends ProjectPlan {
  /** The same for two plans that are one project. */
  readonly key: string;
  readonly references: Configuration["references"];
}

/** Everything found out before a program is made. */
export interface Planning {
  readonly projects: readonly PlannedProject[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** Files that must be kept from the compiler. */
  readonly hidden: readonly string[];
  readonly aliases: ReadonlyMap<string, string>;
}

/** Plans some files; remembers the configurations and packages that it has read. */
export type Planner = (files: readonly string[], texts: ReadonlyMap<string, string>) => Planning;

/** A planner for one session. */
export function plannerFor(api: API, { cwd, project }: Pick<SessionRequest, "cwd" | "project">): Planner {
  const manifests = manifestReader();
  const workspaces = workspacesOf(manifests);
  const read = configurationReader(api, manifests, workspaces);
  const packages: Packages = { manifests, workspaces, sources: packageSourceFinder() };
  const listing = listingOf(api);
  return (files, texts) => {
    const admission = admitFiles(files, texts);
    const includes = listing(texts);
    const forced = project === undefined ? undefined : read(project);
    const find = forced ? forcedMembership(forced, read, includes) : nearestMembership(read, includes);
    const assigned = joinForced(assignFiles(api, admission.files, find), forced);
    const loose = groupLooseFiles(assigned.loose, cwd, manifests);
    const made = [
      ...[...assigned.members].map(([configuration, members]) =>
        configuredProject(configuration, members, admission.hidden, packages),
      ),
      ...loose.map(group => looseProject(group, packages)),
    ];
    return {
      projects: made.map(one => one.project),
      problems: [...admission.problems, ...configurationProblems(assigned, read, project)].sort(byFile),
      notes: packageNotes(
        made.map(one => one.governed),
        manifests,
        workspaces,
      ),
      hidden: admission.hidden,
      aliases: assigned.aliases,
    };
  };
}

/** What is known of packages. */
interface Packages {
  readonly manifests: ManifestReader;
  readonly workspaces: Workspaces;
  readonly sources: PackageSourceFinder;
}

interface Made {
  readonly project: PlannedProject;
  readonly governed: Governed;
}

/** With `--project` every file that its compiler would accept is read with its options. */
function joinForced(assigned: Assignment, forced: Configuration | undefined): Assignment {
  if (forced === undefined || forced.fileNames.length === 0) return assigned;
  const accepts = ({ file }: LooseFile): boolean => forced.options.allowJs === true || /\.[cm]?tsx?$/.test(file);
  const joined = assigned.loose.filter(accepts);
  if (joined.length === 0) return assigned;
  const members = new Map(assigned.members).set(
    forced,
    new Set([...(assigned.members.get(forced) ?? []), ...joined.map(({ file }) => file)]),
  );
  return { ...assigned, members, loose: assigned.loose.filter(one => !accepts(one)) };
}

function configuredProject(
  configuration: Configuration,
  members: ReadonlySet<string>,
  hidden: readonly string[],
  packages: Packages,
): Made {
  const { file, fileNames, references } = configuration;
  const found = withPackages(configuration.options, posix.dirname(file), packages);
  const files = [...members].sort();
  const roots = [...new Set([...fileNames, ...files])].filter(root => !hidden.includes(root));
  const { options } = found;
  const checksJavaScript = options.checkJs === true;
  const project = { key: file, configFile: file, files, roots, options, checksJavaScript, references };
  return { project, governed: found.governed };
}

function looseProject(group: LooseGroup, packages: Packages): Made {
  const { directory } = group;
  const found = withPackages(looseOptions(group), directory, packages);
  const files = [...group.files].sort();
  const roots = [...new Set([...files, ...nearbyDeclarations(group)])];
  const project = {
    key: `${directory}/`,
    configFile: undefined,
    files,
    roots,
    options: found.options,
    checksJavaScript: found.options.checkJs === true,
    references: undefined,
  };
  return { project, governed: found.governed };
}

/** Adds where unbuilt packages of the workspace have their sources. */
function withPackages(
  options: RawCompilerOptions,
  directory: string,
  { manifests, workspaces, sources }: Packages,
): { readonly options: RawCompilerOptions; readonly governed: Governed } {
  const home = packageDirectoryOf(directory, manifests) ?? directory;
  const workspace = workspaces.of(directory);
  if (workspace === undefined) return { options, governed: { directory: home, unresolved: [] } };
  const { paths, unresolved } = sources(workspace, directory, Object.keys(options.paths ?? {}));
  const governed = { directory: home, unresolved };
  if (Object.keys(paths).length === 0) return { options, governed };
  const pathsBasePath = options.pathsBasePath ?? directory;
  return { options: { ...options, paths: { ...paths, ...options.paths }, pathsBasePath }, governed };
}

function configurationProblems(
  assigned: Assignment,
  read: ConfigurationReader,
  project: string | undefined,
): readonly Problem[] {
  const used = new Set([...assigned.consulted, ...assigned.members.keys()]);
  const problems = [...used].flatMap(({ file, problems: reasons }) => reasons.map(reason => ({ file, reason })));
  if (project === undefined) return problems;
  if (read(project) === undefined)
    problems.push({ file: project, reason: "There is no such configuration; every file's own is used." });
  else if (assigned.members.size === 0) problems.push({ file: project, reason: "Includes none of the files." });
  return problems;
}

/** The order in which problems are told. */
export function byFile(one: Problem, other: Problem): number {
  return one.file < other.file ? -1 : one.file > other.file ? 1 : 0;
}

/**
 * What the compiler is told to make of a plan. It is to know what is wrong with JavaScript also where nobody has it say
 * so: that changes no type, and costs nothing until it is asked.
 */
export function programOf({ roots, options, references }: PlannedProject): CreateSnapshotProgramParams {
  const compilerOptions = options.allowJs === true ? { ...options, checkJs: true } : options;
  return { rootFiles: roots, compilerOptions, options: { projectReferences: references } };
}
