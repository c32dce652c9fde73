/**
 * Checks that were left under way at former heads. A job that is killed cannot end its own, and a machine without a database does not
 * know of it: GitHub is asked which of ours have not come to their end. GitHub itself would wait for two weeks.
 */
import { oneLine } from "../errors.ts";
import type { Target } from "../github/target.ts";
import { CHECK_NAME, checkPrefix } from "./check-run.ts";

interface RunNode {
  readonly id: string;
  readonly externalId: string | null;
}

interface CommitNode {
  readonly oid: string;
  readonly checkSuites: { readonly nodes: readonly { readonly checkRuns: { readonly nodes: readonly RunNode[] } }[] };
}

interface Answer {
  readonly repository: {
    readonly id: string;
    readonly pullRequest: {
      readonly commits: { readonly nodes: readonly { readonly commit: CommitNode }[] };
      /** Pushes that replaced a head. */
      readonly timelineItems: { readonly nodes: readonly { readonly beforeCommit: CommitNode | null }[] };
    };
  };
}

/** As many commits back as a person pushes while a job is killed, and some more. */
const FORMER = `query($owner: String!, $repo: String!, $number: Int!, $name: String!) {
  repository(owner: $owner, name: $repo) { id pullRequest(number: $number) {
    commits(last: 50) { nodes { commit { ...checks } } }
    timelineItems(last: 20, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
      nodes { ... on HeadRefForcePushedEvent { beforeCommit { ...checks } } }
    }
  } }
}
fragment checks on Commit {
  oid
  checkSuites(first: 10, filterBy: { checkName: $name }) { nodes {
    checkRuns(first: 10, filterBy: { checkName: $name, checkType: ALL, status: IN_PROGRESS }) { nodes { id externalId } }
  } }
}`;

/** By its name in GraphQL: its number is more than an `Int` can tell. */
const CANCEL = `mutation($repository: ID!, $id: ID!, $title: String!) {
  updateCheckRun(input: {
    repositoryId: $repository, checkRunId: $id, status: COMPLETED, conclusion: CANCELLED, output: { title: $title, summary: $title }
  }) { checkRun { id } }
}`;

/** Ends those of the pull request's former heads; one that cannot be ended ends no review. */
export async function endLeftChecks(
  target: Target,
  head: string,
  title: string,
  onNote: ((text: string) => void) | undefined,
): Promise<void> {
  const { client, owner, repo, number } = target;
  try {
    const answer: Answer = await client.graphql(FORMER, { owner, repo, number, name: CHECK_NAME });
    const { id: repository, pullRequest } = answer.repository;
    const commits = [
      ...pullRequest.commits.nodes.map(({ commit }) => commit),
      ...pullRequest.timelineItems.nodes.flatMap(({ beforeCommit }) => beforeCommit ?? []),
    ];
    const left = commits
      .filter(({ oid }) => oid !== head)
      .flatMap(({ checkSuites }) => checkSuites.nodes.flatMap(({ checkRuns }) => checkRuns.nodes))
      .filter(({ externalId }) => externalId?.startsWith(checkPrefix(target)) === true);
    for (const id of new Set(left.map(run => run.id))) await client.graphql(CANCEL, { repository, id, title });
  } catch (error) {
    onNote?.(`Checks of former heads could not be ended: ${oneLine(error)}`);
  }
}
