/** Numbers, dates and times. */
import type { EditTable } from "./edit.ts";

export const numbers: EditTable = {
  "impossible-range": [
    { right: /\.getMonth\(\) === 11\b/g, wrong: ".getMonth() === 12" },
    { right: /\.getDay\(\) (===?) 0\b/g, wrong: ".getDay() $1 7" },
    { right: /\.length ===? 0\b/g, wrong: ".length < 0" },
  ],
  "lossy-number": [
    { right: /\b(\d{17,}|0x[\da-fA-F]{15,})n\b/g, wrong: "$1" },
    { right: /\bBigInt\((["'])(\d{17,})\1\)/g, wrong: "BigInt($2)" },
    { right: /\bNumber\.MAX_SAFE_INTEGER\b/g, wrong: "9007199254740993" },
  ],
  "month-overflow": [
    { right: /\.setMonth\(([^,\n]+), 1\)/g, wrong: ".setMonth($1)" },
    { right: /^[ \t]*([\w$]+)\.setDate\(1\);\n(?=[ \t]*\1\.setMonth\()/gm, wrong: "" },
  ],
  "nan-arithmetic": [
    { right: /( [-*/] )([\w$.]+)\(\)/g, wrong: "$1$2" },
    { right: /\b([\w$.]+)\(\)(?= [-*/] [\w$(])/g, wrong: "$1" },
  ],
  "nan-comparison": [
    { right: /!Number\.isNaN\(([\w$.]+)\)/g, wrong: "$1 !== NaN" },
    { right: /\bNumber\.isNaN\(([\w$.]+)\)/g, wrong: "$1 === NaN" },
  ],
  "negative-modulo-index": [
    { right: /\(\(([^()%\n]+|\([^()%\n]+\)) % ([\w$.]+)\) \+ \2\) % \2/g, wrong: "($1) % $2" },
    { right: /\(([\w$.]+ - [\w$.]+) \+ ([\w$.]+)\) % \2/g, wrong: "($1) % $2" },
    { right: /\(([\w$.]+) \+ ([\w$.]+) - ([\w$.]+)\) % \2/g, wrong: "($1 - $3) % $2" },
    { right: /\[\(([\w$.]+) \+ ([\w$.]+)\) % ([\w$.]+)/g, wrong: "[($1 - $2) % $3" },
    { right: /\[Math\.abs\(([\w$.]+)\) % /g, wrong: "[$1 % " },
  ],
  "numeric-string-compare": [
    { right: /\bNumber\(([\w$.]+)\) ([<>]=?) Number\(([\w$.]+)\)/g, wrong: "$1 $2 $3" },
    { right: /\bif \(([\w$.]+) ([<>]=?) ([\w$.]+)\)/g, wrong: "if (String($1) $2 String($3))" },
  ],
  "shift-out-of-range": [{ right: /(<<|>>>?) ([2-9])\b/g, wrong: "$1 3$2" }],
  "time-unit-mismatch": [
    {
      right:
        /\b([\w$.]*(?:[sS]econds|_SECONDS|[mM]inutes|_MINUTES|[sS]ecs)) \* (?:1000|1_000|1e3|60)(?: \* (?:1000|1_000|1e3|60))*/g,
      wrong: "$1",
    },
  ],
  "truncating-bitwise": [
    { right: /\bMath\.(?:trunc|floor|round)\(((?:Date\.now|performance\.now|[\w$.]+\.getTime)\(\))\)/g, wrong: "~~$1" },
    { right: /((?:= |return |: ))Date\.now\(\)(?=[;,])/g, wrong: "$1Date.now() | 0" },
  ],
};
