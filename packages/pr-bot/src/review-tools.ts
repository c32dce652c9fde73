/** What a review needs of whoever asks for it, and what comes of it. */
import type { Reviewer } from "@review/review";
import { analyseChange, type AnalysedChange, type ChangeRequest } from "./analyse/analyse-change.ts";
import type { BaseSettings } from "./analyse/settings.ts";
import type { PullFacts, Target } from "./github/target.ts";
import type { ReviewFacts } from "./plan/facts.ts";
import type { Marker } from "./plan/marker.ts";
import type { PullRequestSettings } from "./plan/settings.ts";
import type { Repository } from "./repository.ts";
import type { ReviewedState } from "./skip.ts";
import type { ReviewModel } from "./suggester.ts";
import type { Conclusion } from "./words/check.ts";

/** A repository that has what a review needs. */
export interface OpenedRepository {
  readonly repository: Repository;
  /** The commit that the change counts from. */
  readonly from: string;
  readonly packagesOf?: string | undefined;
}

export interface ReviewTools {
  readonly target: Target;
  readonly marker: Marker;
  /** The repository's page, without a slash at the end. */
  readonly page: string;
  readonly open: (pull: PullFacts) => Promise<OpenedRepository>;
  /** Told of the pull request before anything is said of it. */
  readonly onPull?: ((pull: PullFacts) => Promise<void>) | undefined;
  /** Told what the base configures, before anything is analysed. */
  readonly onSettings?: ((settings: PullRequestSettings) => void) | undefined;
  /** The model to ask, where one shall be asked about this pull request. */
  readonly modelFor?: ((pull: PullFacts) => Promise<ReviewModel | undefined>) | undefined;
  readonly signal: AbortSignal;
  readonly onNote?: ((text: string) => void) | undefined;
  /** Somebody will try again after a failure, so it is not told yet. */
  readonly willRetry?: ((error: unknown) => boolean) | undefined;
  /** Whoever asks is an App, which hears of the buttons of its checks; tells whether it may write to branches. */
  readonly buttons?: { readonly mayPush: () => Promise<boolean> } | undefined;
  /** Nothing remembers which heads were begun, so GitHub is asked whether a check was left under way. */
  readonly isForgetful?: boolean | undefined;
  /** A person wants to hear of none of what is found now. */
  readonly dismissesAll?: boolean | undefined;
  /** Told of an analysis before anything is published. */
  readonly onAnalysed?: ((head: string, change: AnalysedChange) => Promise<void>) | undefined;
  /** Leaves out of an analysis what need not be told. */
  readonly sift?: ((change: AnalysedChange) => AnalysedChange) | undefined;
  /** What reviews a folder, where many reviews share it. */
  readonly review?: Reviewer["review"] | undefined;
  /** Stands in for the analysis, where another machine has made it. */
  readonly analyse?: ((opened: BaseSettings) => Promise<AnalysedChange>) | undefined;
}

export type Outcome =
  | {
      readonly kind: "reviewed";
      readonly facts: ReviewFacts;
      readonly title: string;
      readonly conclusion: Conclusion;
      /** False where the token may only read. */ readonly isPublished: boolean;
      /** What has been reviewed, where all of it could be looked at and told. */
      readonly state: ReviewedState | undefined;
    }
  | { readonly kind: "not-reviewed"; readonly reason: string; readonly title: string; readonly conclusion: Conclusion };

/** Analyses a head, with the words of a model where one is to be asked. */
export async function analyseHead(
  { signal, onNote, modelFor, review }: ReviewTools,
  { repository, from, packagesOf }: OpenedRepository,
  base: BaseSettings,
  pull: PullFacts,
  applicable?: ChangeRequest["applicable"],
): Promise<AnalysedChange> {
  const model = await modelFor?.(pull);
  try {
    const { suggester } = model ?? {};
    const { head } = pull;
    const change = await analyseChange({
      ...{ repository, from, head, base, packagesOf, review, suggester, applicable, signal, onNote },
    });
    return { ...change, notes: [...change.notes, ...(model?.notes(change.fresh) ?? [])] };
  } finally {
    await model?.close();
  }
}
