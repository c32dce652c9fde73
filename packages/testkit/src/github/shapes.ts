/** The server's things as GitHub's API describes them. */
import type { Call } from "./call.ts";
import { complete } from "./description.ts";
import type { DiffFile } from "./diff.ts";
import { commitAt } from "./git.ts";
import {
  associationOf,
  type Actor,
  type CheckRun,
  type Pull,
  type Repository,
  type Review,
  type ReviewComment,
  type Thread,
} from "./state.ts";
import { placeNow } from "./threads.ts";

export function user({ login, id, type }: Actor): object {
  return complete("simple-user", { login, id, type, node_id: `U_${id}` });
}

export function fullName({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}

export function repositoryShape(repository: Repository, call: Call, schema = "full-repository"): object {
  const { id, name, isPrivate, defaultBranch, owner } = repository;
  return complete(schema, {
    id,
    name,
    full_name: fullName(repository),
    private: isPrivate,
    default_branch: defaultBranch,
    owner: { login: owner },
    clone_url: `${call.origin}/${fullName(repository)}.git`,
  });
}

/** The commit of a pull request's head. */
export function headOf(repository: Repository, pull: Pull): string {
  return commitAt(repository.gitDir, `refs/pull/${pull.number}/head`);
}

export function baseOf(repository: Repository, pull: Pull): string {
  return commitAt(repository.gitDir, `refs/heads/${pull.baseRef}`);
}

/** `schema`: pull-request, or pull-request-simple in lists. */
export function pullShape(repository: Repository, pull: Pull, call: Call, schema: string): object {
  const { number, title, body, author, isDraft, isOpen, isLocked, labels, headRef, baseRef, fork } = pull;
  const own = repositoryShape(repository, call, "repository");
  const [forkOwner = "", forkName = ""] = (fork ?? "").split("/");
  const head =
    fork === undefined ? own : { ...own, id: 1, name: forkName, full_name: fork, owner: { login: forkOwner } };
  const ofHead = pull.isForkGone ? { repo: null, user: null } : { repo: head, user: user(author) };
  return complete(schema, {
    id: number,
    number,
    title,
    body,
    state: isOpen ? "open" : "closed",
    locked: isLocked,
    draft: isDraft,
    user: user(author),
    labels: labels.map((name, index) => ({
      id: index,
      node_id: "",
      url: "https://api.github.com/",
      name,
      description: null,
      color: "ededed",
      default: false,
    })),
    author_association: associationOf(repository, author),
    head: { ref: headRef, label: headRef, sha: headOf(repository, pull), ...ofHead },
    base: { ref: baseRef, label: baseRef, sha: baseOf(repository, pull), repo: own, user: user(author) },
  });
}

export function diffEntryShape(file: DiffFile): object {
  const { path, formerPath, status, additions, deletions, patch, blob } = file;
  return complete("diff-entry", {
    sha: blob,
    filename: path,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    ...(patch === undefined ? {} : { patch }),
    ...(formerPath === undefined ? {} : { previous_filename: formerPath }),
  });
}

export function reviewShape(repository: Repository, pull: Pull, { id, author, body, commit, event }: Review): object {
  const state = event === "COMMENT" ? "COMMENTED" : event === "APPROVE" ? "APPROVED" : event;
  return complete("pull-request-review", {
    id,
    user: user(author),
    body,
    state,
    commit_id: commit,
    pull_request_url: `https://api.github.com/repos/${fullName(repository)}/pulls/${pull.number}`,
    author_association: associationOf(repository, author),
    submitted_at: "2026-01-01T00:00:00Z",
  });
}

export function reviewCommentShape(repository: Repository, pull: Pull, thread: Thread, comment: ReviewComment): object {
  const place = placeNow(repository, pull, thread);
  const isLine = thread.subject === "line";
  return complete("pull-request-review-comment", {
    id: comment.id,
    node_id: comment.nodeId,
    user: user(comment.author),
    body: comment.body,
    path: thread.path,
    commit_id: headOf(repository, pull),
    original_commit_id: thread.commit,
    pull_request_review_id: thread.reviewId,
    subject_type: thread.subject,
    side: thread.side,
    ...(isLine
      ? {
          line: place.line ?? null,
          original_line: thread.line ?? null,
          start_line: place.startLine ?? null,
          original_start_line: thread.startLine ?? null,
        }
      : {}),
    author_association: associationOf(repository, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    ...(comment === thread.comments[0] ? {} : { in_reply_to_id: thread.comments[0]?.id }),
  });
}

export function issueCommentShape(
  repository: Repository,
  { id, nodeId, author, body, createdAt, updatedAt }: ReviewComment,
): object {
  return complete("issue-comment", {
    id,
    node_id: nodeId,
    user: user(author),
    body,
    author_association: associationOf(repository, author),
    created_at: createdAt,
    updated_at: updatedAt,
  });
}

export function checkRunShape(run: CheckRun): object {
  const { id, name, head_sha, external_id, status, conclusion, details_url, output, annotations, app } = run;
  return complete("check-run", {
    id,
    name,
    head_sha,
    external_id,
    status,
    conclusion,
    details_url,
    output: {
      ...output,
      annotations_count: annotations.length,
      annotations_url: `https://api.github.com/check-runs/${id}/annotations`,
    },
    check_suite: { id: 1 },
    app: complete("integration", {
      id: app.id,
      slug: app.login.replace("[bot]", ""),
      name: app.login,
      owner: user(app),
    }),
    pull_requests: [],
  });
}
