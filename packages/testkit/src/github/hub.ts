/** One repository of the server, as the people of a test use it: they push, open pull requests, comment and resolve. */
import { randomUUID } from "node:crypto";
import type { Call } from "./call.ts";
import type { DiffFile } from "./diff.ts";
import { commitAt, commitInto } from "./git.ts";
import { newCheckRun } from "./routes/checks.ts";
import { addPull, followBranches, type PullOptions } from "./routes/pulls.ts";
import { newComment } from "./routes/reviews.ts";
import {
  checkRunShape,
  headOf,
  issueCommentShape,
  pullShape,
  repositoryShape,
  reviewCommentShape,
  user,
} from "./shapes.ts";
import {
  actorNamed,
  nextId,
  renameRepository,
  type CheckRun,
  type Pull,
  type Repository,
  type ReviewComment,
  type State,
  type Thread,
} from "./state.ts";
import { diffOf, isOutdated, placeNow } from "./threads.ts";

export interface Hub {
  readonly repository: Repository;
  /** For `git push`. */
  readonly gitDir: string;
  /** Opens a pull request of a branch that was pushed. */
  openPull(headRef: string, options?: PullOptions): PullHandle;
  /** Tells the server that branches have moved. */
  moved(): void;
  /** A workflow's job begins, which GitHub shows as a check run of the job's name. */
  startJob(name: string, commit: string): CheckRun;
  /** Gives the repository another name, as `owner/name`. */
  rename(fullName: string): void;
  /** Commits to a branch, which begins at the main one if it is new, and tells the server; gives the commit. */
  commit(branch: string, files: Readonly<Record<string, string>>): string;
}

/** A pull request in the hands of a test. */
export interface PullHandle {
  readonly number: number;
  readonly pull: Pull;
  head(): string;
  base(): string;
  diff(): readonly DiffFile[];
  comment(login: string, body: string): ReviewComment;
  reply(thread: Thread, login: string, body: string): ReviewComment;
  /** Somebody reacts to a comment. */
  react(comment: ReviewComment, content: "+1" | "-1"): void;
  resolve(thread: Thread, login: string): void;
  unresolve(thread: Thread): void;
  /** The lines that a thread stands on now. */
  place(thread: Thread): { readonly line: number | undefined; readonly startLine: number | undefined };
  isOutdated(thread: Thread): boolean;
  /** The payload of an event about this pull request, as GitHub sends it. */
  event(action: string): object;
  /** The payload of a comment, made with `comment`. */
  commentEvent(comment: ReviewComment, action?: string): object;
  /** The payload of a comment in a thread. */
  replyEvent(thread: Thread, comment: ReviewComment): object;
  /** Somebody presses a button of a check, or GitHub's own "Re-run" where none is named; throws for a button that is not there. */
  checkEvent(run: CheckRun, login: string, identifier?: string): object;
}

export function openHub(state: State, repository: Repository): Hub {
  return {
    repository,
    gitDir: repository.gitDir,
    moved: () => {
      followBranches(repository);
    },
    startJob: (name, commit) => {
      const run = newCheckRun(nextId(state), name, commit, actorNamed(state, "github-actions[bot]"), true);
      run.status = "in_progress";
      // GitHub names them itself.
      run.external_id = randomUUID();
      repository.checkRuns.push(run);
      return run;
    },
    rename: fullName => renameRepository(state, repository, fullName),
    commit: (branch, files) => {
      const commit = commitInto(repository.gitDir, branch, files, "main");
      followBranches(repository);
      return commit;
    },
    openPull: (headRef, options = {}) => handleOf(state, repository, addPull(state, repository, headRef, options)),
  };
}

function handleOf(state: State, repository: Repository, pull: Pull): PullHandle {
  const shared = (): object => ({
    repository: repositoryShape(repository, asCall(state), "repository"),
    sender: user(pull.author),
    installation: { id: repository.installationId, node_id: "" },
  });
  const pullNow = (): object => pullShape(repository, pull, asCall(state), "pull-request");
  return {
    number: pull.number,
    pull,
    head: () => headOf(repository, pull),
    base: () => commitAt(repository.gitDir, `refs/heads/${pull.baseRef}`),
    diff: () => diffOf(repository, pull),
    comment: (login, body) => {
      const comment = newComment(state, actorNamed(state, login), body);
      pull.comments.push(comment);
      return comment;
    },
    reply: (thread, login, body) => {
      const comment = newComment(state, actorNamed(state, login), body);
      thread.comments.push(comment);
      return comment;
    },
    react: ({ id }, content) => void pull.reactions.push({ commentId: id, content }),
    resolve: (thread, login) => void (thread.resolvedBy = actorNamed(state, login)),
    unresolve: thread => void (thread.resolvedBy = undefined),
    place: thread => placeNow(repository, pull, thread),
    isOutdated: thread => isOutdated(repository, pull, thread),
    event: action => ({ action, number: pull.number, pull_request: pullNow(), ...shared() }),
    commentEvent: (comment, action = "created") => ({
      action,
      issue: {
        number: pull.number,
        title: pull.title,
        pull_request: { url: "" },
        user: user(pull.author),
        state: "open",
      },
      comment: issueCommentShape(repository, comment),
      ...shared(),
      sender: user(comment.author),
    }),
    checkEvent: (run, login, identifier) => ({
      ...pressed(run, identifier),
      check_run: checkRunShape(run),
      ...shared(),
      sender: user(actorNamed(state, login)),
    }),
    replyEvent: (thread, comment) => ({
      action: "created",
      pull_request: pullNow(),
      comment: reviewCommentShape(repository, pull, thread, comment),
      ...shared(),
      sender: user(comment.author),
    }),
  };
}

function pressed({ actions }: CheckRun, identifier: string | undefined): object {
  if (identifier === undefined) return { action: "rerequested" };
  const isThere = actions.some(entry => (entry as { readonly identifier?: string }).identifier === identifier);
  if (!isThere) throw new Error(`The check has no button "${identifier}".`);
  return { action: "requested_action", requested_action: { identifier } };
}

function asCall(state: State): Call {
  return {
    state,
    params: {},
    query: new URLSearchParams(),
    body: {},
    token: undefined,
    isApp: true,
    isUnknown: false,
    accept: "",
    origin: "http://localhost",
  };
}
