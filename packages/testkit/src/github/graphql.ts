/** The part of the API that is GraphQL alone: the state of threads. Queries are run against GitHub's own schema, cut to what reviews need. */
import { readFileSync } from "node:fs";
import { buildSchema, GraphQLError, graphqlSync, type ExecutionResult } from "graphql";
import type { Call } from "./call.ts";
import { checkFields, updateCheckRun } from "./graphql-checks.ts";
import { createCommitOnBranch, type CommitInput } from "./graphql-commits.ts";
import { headOf } from "./shapes.ts";
import {
  associationOf,
  repositoryNamed,
  type Actor,
  type Pull,
  type Repository,
  type ReviewComment,
  type Thread,
} from "./state.ts";
import { isOutdated, placeNow } from "./threads.ts";

const FILE = new URL("../../description/github.graphql", import.meta.url);
const schema = buildSchema(readFileSync(FILE, "utf8"));

interface Slice {
  readonly first?: number;
  readonly after?: string | null;
}

/** Answers a query as the holder of the token. */
export function answerQuery(call: Call): ExecutionResult {
  const { query, variables } = call.body as {
    readonly query: string;
    readonly variables?: Readonly<Record<string, unknown>>;
  };
  return graphqlSync({
    schema,
    source: query,
    rootValue: { ...queries(call), ...mutations(call) },
    variableValues: variables ?? {},
    typeResolver: value => (value as { readonly __typename: string }).__typename,
  });
}

function queries(call: Call): object {
  return {
    viewer: () => actorNode(viewerOf(call)),
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      const full = `${owner}/${name}`;
      const repository = repositoryNamed(call.state, full);
      if (!repository || (call.token?.repositories && !call.token.repositories.includes(full))) {
        throw new GraphQLError(`Could not resolve to a Repository with the name '${full}'.`);
      }
      return {
        id: `R_${repository.id}`,
        pullRequest: ({ number }: { readonly number: number }) => pullNode(call, repository, number),
      };
    },
  };
}

function mutations(call: Call): object {
  const setResolved = (isResolved: boolean) => (args: { readonly input: { readonly threadId: string } }) => {
    const { repository, pull, thread } = threadNamed(call, args.input.threadId);
    if (!call.state.limits.mayResolve) throw new GraphQLError("Resource not accessible by integration");
    thread.resolvedBy = isResolved ? writerOf(call) : (writerOf(call), undefined);
    return { thread: threadNode(call, repository, pull, thread) };
  };
  return {
    createCommitOnBranch: ({ input }: { readonly input: CommitInput }) => {
      writerOf(call);
      return createCommitOnBranch(call, input);
    },
    updateCheckRun: ({ input }: { readonly input: Parameters<typeof updateCheckRun>[2] }) =>
      updateCheckRun(call, writerOf(call), input),
    resolveReviewThread: setResolved(true),
    unresolveReviewThread: setResolved(false),
    minimizeComment: ({ input }: { readonly input: { readonly subjectId: string } }) => {
      writerOf(call);
      const comments = pulls(call).flatMap(({ pull }) => [
        ...pull.comments,
        ...pull.threads.flatMap(thread => thread.comments),
      ]);
      const comment = comments.find(entry => entry.nodeId === input.subjectId);
      if (!comment) throw new GraphQLError(`Could not resolve to a node with the global id of '${input.subjectId}'`);
      comment.isMinimized = true;
      return { minimizedComment: { __typename: "PullRequestReviewComment", isMinimized: true } };
    },
  };
}

function viewerOf({ token }: Call): Actor {
  if (!token) throw new GraphQLError("This endpoint requires you to be authenticated.");
  return token.actor;
}

function writerOf(call: Call): Actor {
  const viewer = viewerOf(call);
  if (call.token?.access === "read") throw new GraphQLError("Resource not accessible by integration");
  return viewer;
}

interface Found {
  readonly repository: Repository;
  readonly pull: Pull;
}

function pulls({ state }: Call): readonly Found[] {
  return [...state.repositories.values()].flatMap(repository =>
    [...repository.pulls.values()].map(pull => ({ repository, pull })),
  );
}

function threadNamed(call: Call, id: string): Found & { readonly thread: Thread } {
  for (const found of pulls(call)) {
    const thread = found.pull.threads.find(entry => entry.nodeId === id);
    if (thread) return { ...found, thread };
  }
  throw new GraphQLError(`Could not resolve to a node with the global id of '${id}'`);
}

function pullNode(call: Call, repository: Repository, number: number): object {
  const pull = repository.pulls.get(number);
  if (!pull) throw new GraphQLError(`Could not resolve to a PullRequest with the number of ${number}.`);
  return {
    number,
    headRefOid: () => headOf(repository, pull),
    ...checkFields(repository, pull),
    comments: (slice: Slice) =>
      connection(
        pull.comments.map(comment => commentNode(call, repository, pull, comment)),
        slice,
      ),
    reviewThreads: (slice: Slice) =>
      connection(
        pull.threads.map(thread => threadNode(call, repository, pull, thread)),
        slice,
      ),
  };
}

function threadNode(call: Call, repository: Repository, pull: Pull, thread: Thread): object {
  const { nodeId, path, line, startLine, resolvedBy, subject, comments } = thread;
  return {
    id: nodeId,
    path,
    line: () => placeNow(repository, pull, thread).line ?? null,
    startLine: () => placeNow(repository, pull, thread).startLine ?? null,
    originalLine: line ?? null,
    originalStartLine: startLine ?? null,
    isOutdated: () => isOutdated(repository, pull, thread),
    isResolved: resolvedBy !== undefined,
    resolvedBy: resolvedBy?.type === "User" ? actorNode(resolvedBy) : null,
    subjectType: subject.toUpperCase(),
    comments: (slice: Slice) =>
      connection(
        comments.map(comment => commentNode(call, repository, pull, comment)),
        slice,
      ),
  };
}

function commentNode(call: Call, repository: Repository, pull: Pull, comment: ReviewComment): object {
  return {
    id: comment.nodeId,
    // An `Int` has 32 bits, and GitHub has counted further than that.
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    reactionGroups: Object.entries(REACTIONS).map(([content, name]) => ({
      content: name,
      reactors: {
        totalCount: pull.reactions.filter(one => one.commentId === comment.id && one.content === content).length,
      },
    })),
    author: actorNode(comment.author),
    authorAssociation: associationOf(repository, comment.author),
    body: comment.body,
    createdAt: comment.createdAt,
    isMinimized: comment.isMinimized,
    viewerDidAuthor: comment.author.login === viewerOf(call).login,
  };
}

/** The reactions that are told, by their names in the rest of the API. */
const REACTIONS = { "+1": "THUMBS_UP", "-1": "THUMBS_DOWN" } as const;

/** Bots have no "[bot]" behind their names here, unlike in the rest of the API. */
function actorNode({ login, type }: Actor): object {
  return { __typename: type, login: login.replace(/\[bot\]$/, "") };
}

function connection(nodes: readonly object[], { first, after }: Slice): object {
  if (first === undefined || first < 1 || first > 100)
    throw new GraphQLError("You must provide a `first` of 1 to 100.");
  const start = Number(after ?? 0);
  const end = Math.min(nodes.length, start + first);
  return {
    nodes: nodes.slice(start, end),
    totalCount: nodes.length,
    pageInfo: { endCursor: String(end), hasNextPage: end < nodes.length },
  };
}
