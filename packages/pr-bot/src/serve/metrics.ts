/** Numbers for whoever watches the server. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Outcome } from "../review-tools.ts";
import type { QueueStats } from "./queue.ts";

export interface Metrics {
  readonly delivered: (
    event: string,
    outcome: "accepted" | "duplicate" | "ignored" | "refused",
    seconds: number,
  ) => void;
  readonly reviewed: (outcome: Outcome, seconds: number) => void;
  readonly ended: (kind: "failed" | "overdue" | "superseded" | "later" | "already-reviewed") => void;
  readonly text: (queue: QueueStats) => Promise<string>;
}

/** Metrics of one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const { deliveries, answers, runs, duration, findings, comments, tokens, money, jobs, waiting, age } = instruments([
    registry,
  ]);
  return {
    delivered: (event, outcome, seconds) => {
      deliveries.inc({ event, outcome });
      answers.observe(seconds);
    },
    reviewed: (outcome, seconds) => {
      runs.inc({ result: outcome.kind });
      duration.observe(seconds);
      if (outcome.kind !== "reviewed") return;
      const { fresh, plan, cost } = outcome.facts;
      for (const { severity } of fresh) findings.inc({ severity });
      comments.inc(plan.create.length);
      tokens.inc(cost.inputTokens + cost.outputTokens);
      money.inc(cost.costUsd ?? 0);
    },
    ended: kind => runs.inc({ result: kind }),
    text: queue => {
      for (const state of ["created", "retry", "active", "failed"]) jobs.set({ state }, queue.jobs[state] ?? 0);
      waiting.set(queue.undispatched);
      age.set(queue.oldestSeconds);
      return registry.metrics();
    },
  };
}

type Instruments = Readonly<Record<"deliveries" | "runs" | "findings" | "comments" | "tokens" | "money", Counter>> &
  Readonly<Record<"answers" | "duration", Histogram>> &
  Readonly<Record<"jobs" | "waiting" | "age", Gauge>>;

function instruments(registers: Registry[]): Instruments {
  return {
    deliveries: new Counter({
      name: "review_deliveries_total",
      help: "Webhook deliveries by event and outcome.",
      labelNames: ["event", "outcome"],
      registers,
    }),
    answers: new Histogram({
      name: "review_webhook_seconds",
      help: "Time to the answer of a webhook.",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    runs: new Counter({
      name: "review_runs_total",
      help: "Jobs by how they ended.",
      labelNames: ["result"],
      registers,
    }),
    duration: new Histogram({
      name: "review_run_seconds",
      help: "Time of a review.",
      buckets: [1, 2, 5, 10, 30, 60, 120, 300, 600],
      registers,
    }),
    findings: new Counter({
      name: "review_findings_total",
      help: "New findings by severity.",
      labelNames: ["severity"],
      registers,
    }),
    comments: new Counter({ name: "review_comments_total", help: "Comments that were made.", registers }),
    tokens: new Counter({ name: "review_model_tokens_total", help: "Tokens of the model.", registers }),
    money: new Counter({
      name: "review_model_usd_total",
      help: "US dollars for the model, as far as its price is known.",
      registers,
    }),
    jobs: new Gauge({ name: "review_queue_jobs", help: "Jobs by state.", labelNames: ["state"], registers }),
    waiting: new Gauge({ name: "review_queue_undispatched", help: "Deliveries that are no job yet.", registers }),
    age: new Gauge({ name: "review_queue_oldest_seconds", help: "Age of the oldest job that waits.", registers }),
  };
}
