/**
 * Reviews of one tree after another, as a server makes them. Threads are kept in between, since loading the rules takes one longer
 * than a small change; their compilers are not, so nothing of one tree is there when the next is read.
 */
import type { Report } from "@review/reporters";
import type { Ports, ReviewRequest } from "./request.ts";
import { reviewIn, type SessionSource } from "./review.ts";
import { runAnalysis } from "./run-analysis.ts";
import { SessionThread } from "./session-thread.ts";

export interface Reviewer {
  /** As `review` does; any number at a time. */
  readonly review: (request: ReviewRequest, ports: Ports) => Promise<Report>;
  /** Ends the threads that rest; those of reviews under way end with them. */
  readonly close: () => Promise<void>;
}

/** Opens a reviewer that keeps so many threads while they have nothing to do; the first ones start with the first reviews. */
export function openReviewer(mostResting: number): Reviewer {
  const resting: SessionThread[] = [];
  let isClosed = false;
  const session: SessionSource = {
    analyse: (job, options) => {
      const firstThread = takeSound(resting);
      firstThread?.wake(options);
      return runAnalysis(job, { ...options, firstThread });
    },
    release: async ({ thread }) => {
      if (!(thread instanceof SessionThread)) return thread?.close();
      const isSound = !isClosed && resting.length < mostResting && (await thread.rest());
      // Others may have come to rest meanwhile.
      if (isSound && !isClosed && resting.length < mostResting) resting.push(thread);
      else await thread.close();
    },
  };
  return {
    review: (request, ports) => reviewIn(session, request, ports),
    close: async () => {
      isClosed = true;
      await Promise.all(resting.splice(0).map(thread => thread.close()));
    },
  };
}

/** The one that rested last; one that has ended by itself is left out. */
function takeSound(resting: SessionThread[]): SessionThread | undefined {
  for (let thread = resting.pop(); thread; thread = resting.pop()) if (!thread.isLost) return thread;
  return undefined;
}
