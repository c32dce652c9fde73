/** What stands on a pull request already: the bot's own threads and its summary. Only GraphQL tells whether a thread is resolved. */
import type { Marker, StickyMark } from "../plan/marker.ts";
import type { StandingThread } from "../plan/reconcile.ts";
import type { Target } from "./target.ts";

export interface Sticky {
  readonly id: number;
  readonly body: string;
  readonly mark: StickyMark;
}

export interface Conversation {
  readonly threads: readonly StandingThread[];
  readonly sticky: Sticky | undefined;
}

interface CommentNode {
  readonly id: string;
  /** In digits: the number that GraphQL has for it is too large for an `Int`. */
  readonly fullDatabaseId: string | null;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
  readonly authorAssociation: string;
}

interface ThreadComment extends CommentNode {
  readonly reactionGroups:
    readonly { readonly content: string; readonly reactors: { readonly totalCount: number } }[] | null;
}

interface ThreadNode {
  readonly id: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly path: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly comments: { readonly nodes: readonly ThreadComment[] };
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

interface Answer<Node> {
  readonly repository: { readonly pullRequest: Readonly<Record<Field, Page<Node>>> };
}

type Field = "reviewThreads" | "comments";

const COMMENT = "id fullDatabaseId body viewerDidAuthor authorAssociation";

const REACTIONS = "reactionGroups { content reactors(first: 1) { totalCount } }";

const THREADS = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    reviewThreads(first: 50, after: $after) {
      nodes { id isResolved isOutdated path line startLine comments(first: 50) { nodes { ${COMMENT} ${REACTIONS} } } }
      pageInfo { endCursor hasNextPage }
    }
  } }
}`;

const COMMENTS = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    comments(first: 100, after: $after) { nodes { ${COMMENT} } pageInfo { endCursor hasNextPage } }
  } }
}`;

/** Reads the conversation; a comment counts as the bot's own only if it wrote it and its mark is genuine. */
export async function readConversation(target: Target, marker: Marker): Promise<Conversation> {
  const threads = await pages<ThreadNode>(target, THREADS, "reviewThreads");
  const comments = await pages<CommentNode>(target, COMMENTS, "comments");
  const stickies = comments.flatMap(comment => asSticky(comment, marker) ?? []);
  return { threads: threads.flatMap(thread => asStanding(thread, marker) ?? []), sticky: stickies[0] };
}

async function pages<Node>(target: Target, query: string, field: Field): Promise<readonly Node[]> {
  const { client, owner, repo, number } = target;
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const variables: Record<string, unknown> = { owner, repo, number, after };
    const answer: Answer<Node> = await client.graphql(query, variables);
    const page: Page<Node> = answer.repository.pullRequest[field];
    nodes.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

function asStanding(thread: ThreadNode, marker: Marker): StandingThread | undefined {
  const [first, ...replies] = thread.comments.nodes;
  const mark = first?.viewerDidAuthor === true ? marker.readComment(unix(first.body)) : undefined;
  if (!first || !mark) return undefined;
  const { id, isResolved, isOutdated, path, line, startLine } = thread;
  const foreign = replies.filter(reply => !reply.viewerDidAuthor);
  return {
    ...mark,
    ...{ id, isResolved, isOutdated, path, line, startLine },
    commentId: Number(first.fullDatabaseId ?? 0),
    nodeId: first.id,
    body: unix(first.body),
    votes: { thumbsUp: votesFor("THUMBS_UP", first), thumbsDown: votesFor("THUMBS_DOWN", first) },
    hasReplies: foreign.length > 0,
    isDeclined: foreign.some(reply => mayDecide(reply) && DECLINES.test(reply.body)),
  };
}

function votesFor(content: string, { reactionGroups }: ThreadComment): number {
  return reactionGroups?.find(group => group.content === content)?.reactors.totalCount ?? 0;
}

const DECLINES = /^\s*(?:won['’]?t[ -]?fix|\/review dismiss)\b/i;

/** Whoever belongs to the repository. */
export function mayDecide({ authorAssociation }: { readonly authorAssociation: string }): boolean {
  return ["OWNER", "MEMBER", "COLLABORATOR"].includes(authorAssociation);
}

function asSticky({ fullDatabaseId, body, viewerDidAuthor }: CommentNode, marker: Marker): Sticky | undefined {
  const mark = viewerDidAuthor ? marker.readSticky(unix(body)) : undefined;
  return mark && { id: Number(fullDatabaseId ?? 0), body: unix(body), mark };
}

/** A person who edits a comment in a browser leaves it with other line ends. */
function unix(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
