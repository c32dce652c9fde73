/** The commits of a pull request with their check runs, as GraphQL tells of them and changes them. */
import { GraphQLError } from "graphql";
import type { Call } from "./call.ts";
import { git, isAncestor } from "./git.ts";
import { baseOf, headOf } from "./shapes.ts";
import type { Actor, CheckRun, Pull, Repository } from "./state.ts";

interface Slice {
  readonly first?: number;
  readonly last?: number;
}

interface RunFilter {
  readonly checkName?: string;
  readonly checkType?: "ALL" | "LATEST";
  readonly status?: string;
  readonly statuses?: readonly string[];
}

/** The fields of a pull request that lead to its check runs. */
export function checkFields(repository: Repository, pull: Pull): object {
  return {
    commits: (slice: Slice) => {
      const range = `${baseOf(repository, pull)}..${headOf(repository, pull)}`;
      const shas = git(repository.gitDir, ["rev-list", "--reverse", range]).split("\n").slice(0, -1);
      return sliced(
        shas.map(sha => ({ commit: commitNode(repository, sha) })),
        slice,
      );
    },
    timelineItems: (slice: Slice) =>
      sliced(
        forcePushes(repository, pull).map(([before, after]) => ({
          __typename: "HeadRefForcePushedEvent",
          beforeCommit: commitNode(repository, before),
          afterCommit: commitNode(repository, after),
        })),
        slice,
      ),
  };
}

/** Changes a check run; `author` is who asks. Those of the jobs of a workflow are GitHub's alone. */
export function updateCheckRun(
  call: Call,
  author: Actor,
  input: {
    readonly checkRunId: string;
    readonly conclusion?: string;
    readonly output?: { readonly title: string; readonly summary: string };
  },
): object {
  const found = [...call.state.repositories.values()].flatMap(({ checkRuns }) => checkRuns);
  const run = found.find(entry => nodeIdOf(entry) === input.checkRunId);
  if (!run) throw new GraphQLError(`Could not resolve to a node with the global id of '${input.checkRunId}'`);
  const objection = objectionToChange(run, author);
  if (objection !== undefined) throw new GraphQLError(objection);
  if (input.output) run.output = { ...run.output, ...input.output };
  if (input.conclusion !== undefined) {
    run.conclusion = input.conclusion.toLowerCase();
    run.status = "completed";
  }
  return { checkRun: runNode(run) };
}

/** Why somebody must not change a check run, in GitHub's words. */
export function objectionToChange({ app, isJob }: CheckRun, author: Actor): string | undefined {
  if (app.login !== author.login)
    return `Invalid app_id \`${author.id}\` - check run can only be modified by the GitHub App that created it.`;
  if (isJob) return "Check run status and conclusions can only be updated internally by GitHub Actions.";
  return undefined;
}

function commitNode(repository: Repository, oid: string): object {
  const runs = repository.checkRuns.filter(run => run.head_sha === oid);
  const apps = [...new Set(runs.map(({ app }) => app.login))];
  return {
    oid,
    checkSuites: ({ filterBy, ...slice }: Slice & { readonly filterBy?: RunFilter }) =>
      sliced(
        apps
          .map(app => runs.filter(run => run.app.login === app && isNamed(run, filterBy)))
          .filter(suite => suite.length > 0)
          .map(suite => suiteNode(suite)),
        slice,
      ),
  };
}

function suiteNode(runs: readonly CheckRun[]): object {
  return {
    id: `CS_${runs[0]?.id ?? 0}`,
    checkRuns: ({ filterBy, ...slice }: Slice & { readonly filterBy?: RunFilter }) => {
      const wanted = [filterBy?.status ?? [], filterBy?.statuses ?? []].flat();
      const named = runs.filter(run => isNamed(run, filterBy));
      const shown = filterBy?.checkType === "ALL" ? named : latestOfEachName(named);
      const matching = shown.filter(run => wanted.length === 0 || wanted.includes(run.status.toUpperCase()));
      return sliced(matching.map(runNode), slice);
    },
  };
}

/** What a list shows that is not asked for all: of several runs of one name and one App the last. */
export function latestOfEachName(runs: readonly CheckRun[]): readonly CheckRun[] {
  const key = ({ app, name }: CheckRun): string => `${app.login}\0${name}`;
  const last = new Map(runs.map(run => [key(run), run]));
  return runs.filter(run => last.get(key(run)) === run);
}

function isNamed({ name }: CheckRun, filter: RunFilter | undefined): boolean {
  return filter?.checkName === undefined || filter.checkName === name;
}

function runNode(run: CheckRun): object {
  const { id, name, external_id, status } = run;
  return { id: nodeIdOf(run), databaseId: id, externalId: external_id, name, status: status.toUpperCase() };
}

function nodeIdOf({ id }: CheckRun): string {
  return `CR_${id}`;
}

/** The heads that a push has replaced, with those that came in their place. */
function forcePushes({ gitDir }: Repository, { heads }: Pull): readonly (readonly [string, string])[] {
  return heads
    .slice(1)
    .map((after, index) => [heads[index] ?? "", after] as const)
    .filter(([before, after]) => !isAncestor(gitDir, before, after));
}

function sliced(nodes: readonly object[], { first, last }: Slice): object {
  const size = first ?? last;
  if (size === undefined || size < 1 || size > 100)
    throw new GraphQLError("You must provide a `first` or `last` of 1 to 100.");
  const some = first === undefined ? nodes.slice(-size) : nodes.slice(0, size);
  return { nodes: some, totalCount: nodes.length, pageInfo: { endCursor: null, hasNextPage: false } };
}
