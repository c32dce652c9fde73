/** The conversation of a pull request. */
import { checkUnlocked, page, pullOf, repositoryOf, text, writer, type Call, type Handler } from "../call.ts";
import { complete } from "../description.ts";
import { checkLength, notFound, Refusal } from "../errors.ts";
import { issueCommentShape, user } from "../shapes.ts";
import type { Pull, Repository, ReviewComment } from "../state.ts";
import { newComment } from "./reviews.ts";

export const issueRoutes: Readonly<Record<string, Handler>> = {
  "get /repos/{owner}/{repo}/issues/{issue_number}/comments": call => {
    const [repository, pull] = [repositoryOf(call), pullOf(call)];
    const { owner, repo, issue_number } = call.params;
    const shapes = pull.comments.map(comment => issueCommentShape(repository, comment));
    return page(call, shapes, `/repos/${owner}/${repo}/issues/${issue_number}/comments`);
  },
  "post /repos/{owner}/{repo}/issues/{issue_number}/comments": call => {
    const [repository, pull, author] = [repositoryOf(call), pullOf(call), writer(call)];
    checkUnlocked(pull);
    const body = text(call.body["body"]);
    checkLength("IssueComment", "body", body);
    const comment = newComment(call.state, author, body);
    pull.comments.push(comment);
    return { status: 201, body: issueCommentShape(repository, comment) };
  },
  "patch /repos/{owner}/{repo}/issues/comments/{comment_id}": call => {
    const { repository, comment } = own(call);
    const body = text(call.body["body"]);
    checkLength("IssueComment", "body", body);
    comment.body = body;
    comment.updatedAt = new Date(call.state.now()).toISOString();
    return { status: 200, body: issueCommentShape(repository, comment) };
  },
  "delete /repos/{owner}/{repo}/issues/comments/{comment_id}": call => {
    const { pull, comment } = own(call);
    pull.comments.splice(pull.comments.indexOf(comment), 1);
    return { status: 204 };
  },
  "post /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": call => {
    const [{ pull, comment }, author] = [found(call), writer(call)];
    const content = text(call.body["content"]);
    pull.reactions.push({ commentId: comment.id, content });
    return { status: 201, body: complete("reaction", { id: pull.reactions.length, content, user: user(author) }) };
  },
};

interface Found {
  readonly repository: Repository;
  readonly pull: Pull;
  readonly comment: ReviewComment;
}

function found(call: Call): Found {
  const repository = repositoryOf(call);
  const id = Number(call.params["comment_id"]);
  for (const pull of repository.pulls.values()) {
    const comment = pull.comments.find(entry => entry.id === id);
    if (comment) return { repository, pull, comment };
  }
  throw notFound();
}

function own(call: Call): Found {
  const author = writer(call);
  const place = found(call);
  if (place.comment.author.login !== author.login)
    throw new Refusal(403, { message: "Forbidden", documentation_url: "", status: "403" });
  return place;
}
