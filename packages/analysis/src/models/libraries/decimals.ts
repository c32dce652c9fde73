/** Libraries of decimal numbers: every operation gives a new number. */
import type { Library } from "../facts.ts";
import { FRESH, packageMembersOf, PURE } from "../rows.ts";

export const decimalJs: Library = {
  name: "decimal.js",
  versions: ">=10 <11",
  models: [
    ...packageMembersOf(
      "decimal.js",
      "Decimal",
      "abs add plus sub minus mul times div dividedBy mod pow sqrt neg round floor ceil toDecimalPlaces toDP " +
        "toSignificantDigits",
      FRESH,
    ),
    ...packageMembersOf(
      "decimal.js",
      "Decimal",
      "eq equals gt gte lt lte cmp comparedTo isZero isNaN isNegative",
      PURE,
    ),
    ...packageMembersOf("decimal.js", "Decimal", "toFixed toNumber toString toJSON valueOf", PURE),
  ],
};

export const bignumber: Library = {
  name: "bignumber.js",
  versions: ">=9 <12",
  models: [
    ...packageMembersOf(
      "bignumber.js",
      "BigNumber",
      "abs plus minus times multipliedBy div dividedBy mod modulo pow sqrt negated decimalPlaces dp shiftedBy integerValue",
      FRESH,
    ),
    ...packageMembersOf("bignumber.js", "BigNumber", "eq isEqualTo gt gte lt lte comparedTo isZero isNaN", PURE),
    ...packageMembersOf("bignumber.js", "BigNumber", "toFixed toNumber toString toJSON valueOf", PURE),
  ],
};

export const bigJs: Library = {
  name: "big.js",
  versions: ">=6 <8",
  models: [
    ...packageMembersOf("big.js", "Big", "abs add plus sub minus mul times mod pow sqrt round neg", FRESH),
    ...packageMembersOf("big.js", "Big", "div", { ...FRESH, throws: "yes" }),
    ...packageMembersOf("big.js", "Big", "cmp eq gt gte lt lte", PURE),
    ...packageMembersOf("big.js", "Big", "toFixed toNumber toString toJSON valueOf toPrecision", PURE),
  ],
};
