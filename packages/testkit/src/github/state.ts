/** What the server knows. */
import type { DiffFile } from "./diff.ts";

export interface Actor {
  readonly login: string;
  readonly id: number;
  readonly type: "User" | "Bot";
}

export type Association = "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "NONE";
export type Permission = "admin" | "write" | "read" | "none";

export interface Token {
  readonly actor: Actor;
  /** `read`: as in a pull request from a fork. */
  readonly access: "write" | "read";
  /** Whether it may push; an App's often may not. */
  readonly contents: "write" | "read";
  /** Absent: every repository. */
  readonly repositories?: readonly string[] | undefined;
  readonly expiresAt: number;
}

export interface ReviewComment {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Actor;
  body: string;
  isMinimized: boolean;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Thread {
  readonly nodeId: string;
  readonly reviewId: number;
  readonly path: string;
  readonly subject: "line" | "file";
  readonly side: "LEFT" | "RIGHT";
  readonly commit: string;
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  resolvedBy: Actor | undefined;
  readonly comments: ReviewComment[];
}

export interface Review {
  readonly id: number;
  readonly author: Actor;
  readonly body: string;
  readonly commit: string;
  readonly event: "COMMENT" | "APPROVE" | "REQUEST_CHANGES" | "PENDING";
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly app: Actor;
  external_id: string | null;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  details_url: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: object[];
  actions: readonly object[];
  /** It is that of a workflow's job, and nobody's to change but GitHub's. */
  readonly isJob: boolean;
}

export interface Pull {
  readonly number: number;
  title: string;
  body: string;
  readonly author: Actor;
  readonly headRef: string;
  readonly baseRef: string;
  /** All that the branch has led to since the pull request was opened, the last being the head. */
  readonly heads: string[];
  /** `owner/name` of a fork; the repository itself if absent. */
  readonly fork: string | undefined;
  /** The fork, or its owner, was deleted: GitHub tells of neither then, and keeps the commits. */
  isForkGone: boolean;
  isDraft: boolean;
  isOpen: boolean;
  isLocked: boolean;
  labels: string[];
  readonly reviews: Review[];
  readonly threads: Thread[];
  readonly comments: ReviewComment[];
  readonly reactions: { readonly commentId: number; readonly content: string }[];
}

export interface Repository {
  readonly id: number;
  owner: string;
  name: string;
  /** The bare repository. */
  readonly gitDir: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  readonly permissions: Map<string, Permission>;
  readonly pulls: Map<number, Pull>;
  readonly checkRuns: CheckRun[];
  readonly sarifs: string[];
  readonly diffs: Map<string, readonly DiffFile[]>;
  readonly installationId: number;
  /** Changed lines of a file up to which GitHub shows them; of one with more it tells that it changed. */
  linesInPatch: number;
}

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: object;
  status: number;
  redeliveries: number;
}

/** A request that the server takes part in: who asks, and of what. */
export interface Limits {
  /** Requests that create content and are allowed within a minute. */
  contentPerMinute: number;
  /** Seconds that a refused client is told to wait. */
  retryAfter: number;
  /** Files that the API of files tells of. */
  filesInDiff: number;
  /** Entries that the API of trees tells of. */
  entriesInTree: number;
  /** Archives that will break off in the middle. */
  brokenArchives: number;
  /** Whether a token that may write comments may resolve threads as well: some may not. */
  mayResolve: boolean;
}

export interface State {
  readonly repositories: Map<string, Repository>;
  /** Names that repositories had before, and their present ones. */
  readonly formerNames: Map<string, string>;
  readonly actors: Map<string, Actor>;
  readonly tokens: Map<string, Token>;
  readonly deliveries: Delivery[];
  /** Archives that may be fetched, by the pass in their address. */
  readonly archivePasses: Map<string, { readonly gitDir: string; readonly commit: string }>;
  readonly limits: Limits;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly publicKey: string;
    /** What its installations may do with code. */
    contents: "write" | "read";
  };
  /** The time at which each request that created content arrived, in milliseconds. */
  readonly created: number[];
  readonly now: () => number;
  nextId: number;
}

/** The repository of `owner/name`, also where that is a name which it had before. */
export function repositoryNamed({ repositories, formerNames }: State, name: string): Repository | undefined {
  return repositories.get(name) ?? repositories.get(formerNames.get(name) ?? "");
}

/** Gives a repository another name; requests that name the former one are led to it. */
export function renameRepository(state: State, repository: Repository, fullName: string): void {
  const former = `${repository.owner}/${repository.name}`;
  [repository.owner = "", repository.name = ""] = fullName.split("/");
  state.repositories.delete(former);
  state.repositories.set(fullName, repository);
  state.formerNames.set(former, fullName);
}

/** A number that no other thing of the server has. */
export function nextId(state: State): number {
  return state.nextId++;
}

/** The person or bot of a name; known from the first mention on. */
export function actorNamed(state: State, login: string): Actor {
  const known = state.actors.get(login);
  if (known) return known;
  const actor: Actor = { login, id: nextId(state), type: login.endsWith("[bot]") ? "Bot" : "User" };
  state.actors.set(login, actor);
  return actor;
}

/** How a person stands to a repository. */
export function associationOf(repository: Repository, { login }: Actor): Association {
  if (repository.owner === login) return "OWNER";
  const permission = repository.permissions.get(login) ?? "none";
  if (permission === "admin") return "MEMBER";
  return permission === "write" ? "COLLABORATOR" : "NONE";
}
