/**
 * The hidden last line of the bot's comments: it says which findings a comment is about, so that the bot recognises its own words on
 * the next push without a memory of its own. It counts only where the bot wrote the comment and, where there is a
 * key, where the signature is right: anybody can write such a line.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface CommentMark {
  /** Of the findings that the comment tells of, the first being the one in its title. */
  readonly fingerprints: readonly string[];
  /** `fixed`: the bot itself resolved the thread, and may open it again; `dismissed`: a person did not want it. */
  readonly state: "open" | "fixed" | "dismissed";
  /** The head at which the comment was written or last changed. */
  readonly sha: string;
}

/** What the sticky summary remembers. */
export interface StickyMark {
  readonly dismissed: readonly string[];
  /** Findings that only the summary tells of, so that a person can name them. */
  readonly listed: readonly string[];
  readonly isPaused: boolean;
  readonly sha: string;
}

/** Of findings without a thread, so that their names leave room for the summary itself. */
const MOST_DISMISSED = 500;

/** Those that a summary keeps in mind, each once; the oldest are forgotten. */
export function remembered(dismissed: readonly string[]): readonly string[] {
  return [...new Set(dismissed)].slice(-MOST_DISMISSED);
}

/** Writes and reads marks of one pull request. */
export interface Marker {
  comment(mark: CommentMark): string;
  readComment(body: string): CommentMark | undefined;
  sticky(mark: StickyMark): string;
  readSticky(body: string): StickyMark | undefined;
}

const COMMENT =
  /<!-- review:v1 fp=([0-9a-f]{64}(?:,[0-9a-f]{64})*) state=(open|fixed|dismissed) sha=([0-9a-f]{40,64}) h=([0-9a-f]{24}|-) -->\s*$/;
const STICKY =
  /<!-- review:sticky:v1 dismissed=((?:[0-9a-f]{64}(?:,[0-9a-f]{64})*)?) listed=((?:[0-9a-f]{64}(?:,[0-9a-f]{64})*)?) paused=([01]) sha=([0-9a-f]{40,64}) h=([0-9a-f]{24}|-) -->\s*$/;

/** Where the marks of a pull request stand. A repository's number stays when its name changes. */
export interface MarkedPull {
  readonly repositoryId: number;
  readonly number: number;
}

/**
 * A marker for a pull request: a mark copied from another one is worth nothing. Without a key whoever may edit the bot's comments
 * may edit its marks.
 */
export function createMarker({ repositoryId, number }: MarkedPull, key: string | undefined): Marker {
  const sign = (content: string): string =>
    key === undefined
      ? "-"
      : createHmac("sha256", key).update(`${repositoryId}#${number}\0${content}`).digest("hex").slice(0, 24);
  const isRight = (content: string, signature: string): boolean => {
    const expected = Buffer.from(sign(content));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
  const signed = (content: string): string => `<!-- review:${content} h=${sign(content)} -->`;
  return {
    comment: mark => signed(commentContent(mark)),
    sticky: mark => signed(stickyContent(mark)),
    readComment(body) {
      const [, fingerprints = "", state = "", sha = "", signature = ""] = COMMENT.exec(body) ?? [];
      const mark = { fingerprints: fingerprints.split(","), state: state as CommentMark["state"], sha };
      return sha !== "" && isRight(commentContent(mark), signature) ? mark : undefined;
    },
    readSticky(body) {
      const [, dismissed = "", listed = "", paused = "", sha = "", signature = ""] = STICKY.exec(body) ?? [];
      const mark = { dismissed: listIn(dismissed), listed: listIn(listed), isPaused: paused === "1", sha };
      return sha !== "" && isRight(stickyContent(mark), signature) ? mark : undefined;
    },
  };
}

function commentContent({ fingerprints, state, sha }: CommentMark): string {
  return `v1 fp=${fingerprints.join(",")} state=${state} sha=${sha}`;
}

function listIn(text: string): readonly string[] {
  return text === "" ? [] : text.split(",");
}

function stickyContent({ dismissed, listed, isPaused, sha }: StickyMark): string {
  return `sticky:v1 dismissed=${dismissed.join(",")} listed=${listed.join(",")} paused=${isPaused ? 1 : 0} sha=${sha}`;
}
