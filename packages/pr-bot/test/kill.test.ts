import { test } from "vitest";
import { seedOr } from "./chance.ts";
import { killDuring } from "./storm.ts";
import { yard } from "./server.ts";

test(
  "killed again and again during 200 deliveries, the embedded database loses none: every head ends reviewed exactly once",
  { timeout: 1_200_000 },
  async () => {
    await killDuring(await yard(), { deliveries: 200, pulls: 6, kills: 6, env: { REVIEW_SLOTS: "2" } }, seedOr(20_261));
  },
);
