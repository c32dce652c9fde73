/** Reviews and their comments. */
import { checkUnlocked, page, pullOf, repositoryOf, text, writer, type Call, type Handler } from "../call.ts";
import { checkLength, notFound, Refusal, unprocessable } from "../errors.ts";
import { git } from "../git.ts";
import { headOf, reviewCommentShape, reviewShape } from "../shapes.ts";
import {
  nextId,
  type Actor,
  type Pull,
  type Repository,
  type Review,
  type ReviewComment,
  type State,
  type Thread,
} from "../state.ts";
import { checkPlace, diffOf, type WantedPlace } from "../threads.ts";

type Fields = Readonly<Record<string, unknown>>;

export const reviewRoutes: Readonly<Record<string, Handler>> = {
  "get /repos/{owner}/{repo}/pulls/{pull_number}/reviews": call => {
    const [repository, pull] = [repositoryOf(call), pullOf(call)];
    return page(
      call,
      pull.reviews.map(review => reviewShape(repository, pull, review)),
      pathOf(call, "reviews"),
    );
  },
  "post /repos/{owner}/{repo}/pulls/{pull_number}/reviews": createReview,
  "get /repos/{owner}/{repo}/pulls/{pull_number}/comments": call => {
    const [repository, pull] = [repositoryOf(call), pullOf(call)];
    const shapes = pull.threads.flatMap(thread =>
      thread.comments.map(one => reviewCommentShape(repository, pull, thread, one)),
    );
    return page(call, shapes, pathOf(call, "comments"));
  },
  "post /repos/{owner}/{repo}/pulls/{pull_number}/comments": createComment,
  "post /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies": call => {
    const [repository, pull, author] = [repositoryOf(call), pullOf(call), writer(call)];
    const thread = pull.threads.find(entry => entry.comments[0]?.id === Number(call.params["comment_id"]));
    if (!thread) throw notFound();
    const comment = newComment(call.state, author, text(call.body["body"]));
    thread.comments.push(comment);
    return { status: 201, body: reviewCommentShape(repository, pull, thread, comment) };
  },
  "patch /repos/{owner}/{repo}/pulls/comments/{comment_id}": call => {
    const { repository, pull, thread, comment } = own(call);
    const body = text(call.body["body"]);
    checkLength("PullRequestReviewComment", "body", body);
    comment.body = body;
    return { status: 200, body: reviewCommentShape(repository, pull, thread, comment) };
  },
  "delete /repos/{owner}/{repo}/pulls/comments/{comment_id}": call => {
    const { pull, thread, comment } = own(call);
    thread.comments.splice(thread.comments.indexOf(comment), 1);
    if (thread.comments.length === 0) pull.threads.splice(pull.threads.indexOf(thread), 1);
    return { status: 204 };
  },
};

function pathOf({ params }: Call, last: string): string {
  return `/repos/${params["owner"]}/${params["repo"]}/pulls/${params["pull_number"]}/${last}`;
}

/** A comment with the time at which it was made. */
export function newComment(state: State, author: Actor, body: string): ReviewComment {
  const id = nextId(state);
  const createdAt = new Date(state.now()).toISOString();
  return { id, nodeId: `PRRC_${id}`, author, body, isMinimized: false, createdAt, updatedAt: createdAt };
}

/** All comments are made or none is. */
function createReview(call: Call): ReturnType<Handler> {
  const [repository, pull, author] = [repositoryOf(call), pullOf(call), writer(call)];
  checkUnlocked(pull);
  const { state } = call;
  const body = text(call.body["body"]);
  const event = (call.body["event"] ?? "PENDING") as Review["event"];
  const wanted = (call.body["comments"] ?? []) as readonly Fields[];
  checkLength("PullRequestReview", "body", body);
  if (
    event === "PENDING" &&
    pull.reviews.some(review => review.event === "PENDING" && review.author.login === author.login)
  ) {
    throw unprocessable("User can only have one pending review per pull request");
  }
  if (event !== "APPROVE" && event !== "PENDING" && body === "" && wanted.length === 0)
    throw unprocessable("Body can't be blank");
  if (wanted.length > 100) throw new Refusal(502, { message: "Server Error" });
  const commit = commitOf(repository, pull, call.body["commit_id"]);
  const diff = diffOf(repository, pull, commit);
  for (const fields of wanted) {
    checkLength("PullRequestReviewComment", "body", text(fields["body"]));
    checkPlace(diff, placeIn(fields));
  }
  const review: Review = { id: nextId(state), author, body, commit, event };
  pull.reviews.push(review);
  for (const fields of wanted)
    pull.threads.push(newThread(state, review, placeIn(fields), author, text(fields["body"])));
  return { status: 200, body: reviewShape(repository, pull, review) };
}

function createComment(call: Call): ReturnType<Handler> {
  const [repository, pull, author] = [repositoryOf(call), pullOf(call), writer(call)];
  checkUnlocked(pull);
  const { state } = call;
  const body = text(call.body["body"]);
  checkLength("PullRequestReviewComment", "body", body);
  const commit = commitOf(repository, pull, call.body["commit_id"]);
  const diff = diffOf(repository, pull, commit);
  const isFile = call.body["subject_type"] === "file";
  const place = placeIn(call.body);
  if (!isFile) checkPlace(diff, place);
  else if (!diff.some(file => file.path === place.path))
    throw unprocessable("Pull request review thread diff hunk can't be blank");
  const review: Review = { id: nextId(state), author, body: "", commit, event: "COMMENT" };
  pull.reviews.push(review);
  const thread = newThread(state, review, place, author, body, isFile);
  pull.threads.push(thread);
  return { status: 201, body: reviewCommentShape(repository, pull, thread, thread.comments[0] as ReviewComment) };
}

function newThread(
  state: State,
  review: Review,
  place: WantedPlace,
  author: Actor,
  body: string,
  isFile = false,
): Thread {
  return {
    nodeId: `PRRT_${nextId(state)}`,
    reviewId: review.id,
    path: place.path,
    subject: isFile ? "file" : "line",
    side: place.side,
    commit: review.commit,
    line: isFile ? undefined : place.line,
    startLine: isFile ? undefined : place.startLine,
    resolvedBy: undefined,
    comments: [newComment(state, author, body)],
  };
}

function placeIn(fields: Fields): WantedPlace {
  const side = fields["side"] === "LEFT" ? "LEFT" : "RIGHT";
  return {
    path: text(fields["path"]),
    line: fields["line"] as number | undefined,
    side,
    startLine: fields["start_line"] as number | undefined,
    startSide: fields["start_side"] === undefined ? side : (fields["start_side"] as "LEFT" | "RIGHT"),
  };
}

/** Also an older commit of the pull request takes comments; they are outdated at once. */
function commitOf(repository: Repository, pull: Pull, given: unknown): string {
  const head = headOf(repository, pull);
  if (given === undefined || given === head) return head;
  try {
    return git(repository.gitDir, ["rev-parse", "--verify", "-q", `${text(given)}^{commit}`]).trim();
  } catch {
    throw unprocessable("Commit is not part of the pull request");
  }
}

interface Own {
  readonly repository: Repository;
  readonly pull: Pull;
  readonly thread: Thread;
  readonly comment: ReviewComment;
}

function own(call: Call): Own {
  const [repository, author] = [repositoryOf(call), writer(call)];
  const id = Number(call.params["comment_id"]);
  for (const pull of repository.pulls.values()) {
    for (const thread of pull.threads) {
      const comment = thread.comments.find(entry => entry.id === id);
      if (!comment) continue;
      if (comment.author.login !== author.login)
        throw new Refusal(403, { message: "Forbidden", documentation_url: "", status: "403" });
      return { repository, pull, thread, comment };
    }
  }
  throw notFound();
}
