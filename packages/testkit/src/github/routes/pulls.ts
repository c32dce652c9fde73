/** Pull requests: they are opened, changed, and follow their branches. */
import { pullOf, repositoryOf, text, writer, type Call, type Handler } from "../call.ts";
import { invalid } from "../errors.ts";
import { commitAt, git } from "../git.ts";
import { pullShape } from "../shapes.ts";
import { actorNamed, type Pull, type Repository, type State } from "../state.ts";

export interface PullOptions {
  readonly author?: string;
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
  readonly isDraft?: boolean;
  readonly labels?: readonly string[];
  /** `owner/name` of the fork that the head is in. */
  readonly fork?: string;
}

export const pullRoutes: Readonly<Record<string, Handler>> = {
  "post /repos/{owner}/{repo}/pulls": call => {
    const [repository, author] = [repositoryOf(call), writer(call)];
    const { head, base, title, body, draft } = call.body;
    for (const [field, branch] of Object.entries({ head, base })) {
      const isThere = git(repository.gitDir, ["branch", "--list", text(branch)]).trim() !== "";
      if (!isThere) throw invalid("PullRequest", field, `${field} is invalid`);
    }
    const pull = addPull(call.state, repository, text(head), {
      author: author.login,
      title: text(title),
      body: text(body),
      base: text(base),
      isDraft: draft === true,
    });
    return { status: 201, body: shapeOf(call, repository, pull) };
  },
  "patch /repos/{owner}/{repo}/pulls/{pull_number}": call => {
    const [repository, pull] = [repositoryOf(call), pullOf(call)];
    writer(call);
    const { title, body, state } = call.body;
    if (title !== undefined) pull.title = text(title);
    if (body !== undefined) pull.body = text(body);
    if (state !== undefined) pull.isOpen = state === "open";
    return { status: 200, body: shapeOf(call, repository, pull) };
  },
};

function shapeOf(call: Call, repository: Repository, pull: Pull): object {
  return pullShape(repository, pull, call, "pull-request");
}

const FIRST_NUMBER = 1_001;

/** Opens a pull request of a branch that was pushed. */
export function addPull(state: State, repository: Repository, headRef: string, options: PullOptions): Pull {
  const pull: Pull = {
    number: FIRST_NUMBER + repository.pulls.size,
    title: options.title ?? "A change",
    body: options.body ?? "",
    author: actorNamed(state, options.author ?? "ada"),
    headRef,
    baseRef: options.base ?? "main",
    fork: options.fork,
    isForkGone: false,
    heads: [],
    isDraft: options.isDraft ?? false,
    isOpen: true,
    isLocked: false,
    labels: [...(options.labels ?? [])],
    reviews: [],
    threads: [],
    comments: [],
    reactions: [],
  };
  repository.pulls.set(pull.number, pull);
  follow(repository, pull);
  return pull;
}

/** Branches have moved: the head of an open pull request is the tip of its branch. */
export function followBranches(repository: Repository): void {
  for (const pull of repository.pulls.values()) if (pull.isOpen) follow(repository, pull);
}

function follow({ gitDir }: Repository, { number, headRef, heads }: Pull): void {
  const head = commitAt(gitDir, `refs/heads/${headRef}`);
  // Each change is a process, and a push moves one branch of many.
  if (heads.at(-1) === head) return;
  heads.push(head);
  git(gitDir, ["update-ref", `refs/pull/${number}/head`, head]);
}
