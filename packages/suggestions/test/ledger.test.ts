/** The budget holds whatever order requests end in. */
import { openLedger, type Settlement } from "@review/suggestions";
import fc from "fast-check";
import { expect, it } from "vitest";

const price = { input: 1, cachedInput: 0.1, output: 10 };
const worst = { inputTokens: 1_000, outputTokens: 100 };
const usage = { inputTokens: 400, cachedInputTokens: 100, outputTokens: 20 };

it("counts what was reported, cached input at its own price", async () => {
  const ledger = openLedger({}, price, "m");
  const reservation = await ledger.reserve(worst);
  if (reservation.ok) reservation.settle(usage);
  expect(ledger.usage()).toEqual({
    requests: 1,
    inputTokens: 400,
    outputTokens: 20,
    costUsd: (300 * 1 + 100 * 0.1 + 20 * 10) / 1e6,
    unreported: 0,
  });
});

it("charges nothing for a certain failure and the worst for an uncertain one", async () => {
  const ledger = openLedger({}, price, "m");
  for (const settlement of ["nothing", "unknown"] as const) {
    const reservation = await ledger.reserve(worst);
    if (reservation.ok) {
      reservation.settle(settlement);
      reservation.settle(settlement);
    }
  }
  expect(ledger.usage()).toMatchObject({ requests: 2, costUsd: 0.002, unreported: 1 });
});

it("lets a request wait for room that another one gives back", async () => {
  const ledger = openLedger({ usd: 0.003 }, price, "m");
  const first = await ledger.reserve(worst);
  const second = ledger.reserve(worst);
  if (first.ok) first.settle(usage);
  expect((await second).ok).toBe(true);
});

it("knows no cost without a price", async () => {
  const ledger = openLedger({}, undefined, "m");
  const reservation = await ledger.reserve(worst);
  if (reservation.ok) reservation.settle(usage);
  expect(ledger.usage()).toMatchObject({ inputTokens: 400, costUsd: null });
});

it("is never exceeded, and answers every reservation", async () => {
  const settlement = fc.constantFrom<Settlement>("nothing", "unknown", usage, {
    inputTokens: 1_000,
    cachedInputTokens: 0,
    outputTokens: 100,
  });
  const budget = fc.record({ usd: fc.double({ min: 0, max: 0.02, noNaN: true }), requests: fc.nat(20) });
  await fc.assert(
    fc.asyncProperty(budget, fc.array(settlement, { maxLength: 30 }), async (limits, ends) => {
      const ledger = openLedger(limits, price, "m");
      const one = async (end: Settlement): Promise<void> => {
        const reservation = await ledger.reserve(worst);
        await new Promise(resolve => setImmediate(resolve));
        if (reservation.ok) reservation.settle(end);
      };
      await Promise.all(ends.map(one));
      expect(ledger.usage().costUsd).toBeLessThanOrEqual(limits.usd + 1e-12);
      expect(ledger.usage().requests).toBeLessThanOrEqual(limits.requests);
    }),
  );
});
