/** Each rule's bug as an edit of code that is right: what undoes it is known, so a repair can be measured. */

/** One way to break code. */
interface InverseEdit {
  readonly ruleId: string;
  /** What is right; global. */
  readonly right: RegExp;
  /** What it becomes, as `String.replace` has it. */
  readonly wrong: string;
}

/** A place where a file can be broken, and how. */
export interface Mutation {
  readonly ruleId: string;
  /** In the right text. */
  readonly start: number;
  readonly end: number;
  /** What stands there in the broken text. */
  readonly text: string;
}

/**
 * Textual and generous: whether a rule then reports the place is for the rule to say, and what it does not report is no
 * case. Names are `[\w$.]+`, which keeps an edit within one expression.
 */
const edits: readonly InverseEdit[] = [
  { ruleId: "floating-promise", right: /^([ \t]*)await ([\w$.]+\([^;{}]*\);)$/gm, wrong: "$1$2" },
  { ruleId: "floating-promise", right: /^([ \t]*)void ([\w$.]+\([^;{}]*\);)$/gm, wrong: "$1$2" },
  { ruleId: "promise-in-condition", right: /\bif \(await /g, wrong: "if (" },
  { ruleId: "promise-in-condition", right: /\bif \(!\(?await ([\w$.]+\([^()]*\))\)?\)/g, wrong: "if (!$1)" },
  { ruleId: "return-without-await-in-try", right: /\breturn await /g, wrong: "return " },
  {
    ruleId: "async-array-predicate",
    right: /\.(filter|some|every|find)\(\(?([\w$]+)\)? => (?!\{)/g,
    wrong: ".$1(async $2 => ",
  },
  { ruleId: "index-as-boolean", right: /\bif \(([\w$.]+)\.includes\(/g, wrong: "if ($1.indexOf(" },
  {
    ruleId: "index-as-boolean",
    right: /\bif \(([\w$.]+\.indexOf\([^()]*\)) (?:!==? -1|>= 0|> -1)\)/g,
    wrong: "if ($1)",
  },
  { ruleId: "nan-comparison", right: /!Number\.isNaN\(([\w$.]+)\)/g, wrong: "$1 !== NaN" },
  { ruleId: "nan-comparison", right: /\bNumber\.isNaN\(([\w$.]+)\)/g, wrong: "$1 === NaN" },
  { ruleId: "empty-collection-check", right: /\bif \(([\w$.]+)\.length(?: > 0)?\)/g, wrong: "if ($1)" },
  { ruleId: "empty-collection-check", right: /\bif \(([\w$.]+)\.length === 0\)/g, wrong: "if (!$1)" },
  { ruleId: "missing-length", right: /([<>]=?) ([\w$.]+)\.length\b/g, wrong: "$1 $2" },
  { ruleId: "off-by-one-index", right: /\b([\w$]+) < ([\w$.]+\.length;)/g, wrong: "$1 <= $2" },
  { ruleId: "off-by-one-index", right: /\[([\w$.]+)\.length - 1\]/g, wrong: "[$1.length]" },
  { ruleId: "loop-direction", right: /(for \([^;]+;[^;]*<[^;]*; ?[\w$]+)\+\+\)/g, wrong: "$1--)" },
  {
    ruleId: "loop-condition-never-changes",
    right: /(for \((?:let|var) ([\w$]+) = [^;]+; \2 < [^;]+; )\2\+\+\)/g,
    wrong: "$1)",
  },
  { ruleId: "negated-left-operand", right: /!\(([\w$.]+) (in|instanceof) ([\w$.]+)\)/g, wrong: "!$1 $2 $3" },
  { ruleId: "typeof-misspelled", right: /(typeof [\w$.]+ [!=]==? )"(undefined|function|boolean)"/g, wrong: '$1"$2s"' },
  { ruleId: "assignment-in-condition", right: /\bif \(([\w$.]+) ===? ([\w$."']+)\)/g, wrong: "if ($1 = $2)" },
  { ruleId: "bitwise-for-logical", right: /\bif \(([^()\n|&]+) && ([^()\n|&]+)\)/g, wrong: "if ($1 & $2)" },
  { ruleId: "bitwise-for-logical", right: /\bif \(([^()\n|&]+) \|\| ([^()\n|&]+)\)/g, wrong: "if ($1 | $2)" },
  {
    ruleId: "identical-operands",
    right: /\b([\w$]+(?:\.[\w$]+)*) (===|!==|<|>) (?!\1\b)[\w$]+(?:\.[\w$]+)*(?=[);])/g,
    wrong: "$1 $2 $1",
  },
  { ruleId: "self-assignment", right: /^([ \t]*)(this\.([\w$]+)) = \3;$/gm, wrong: "$1$2 = $2;" },
  { ruleId: "error-not-thrown", right: /^([ \t]*)throw (new [\w$]*Error\([^;]*\);)$/gm, wrong: "$1$2" },
  { ruleId: "lost-cause", right: /, \{ cause(?:: [\w$]+)? \}\)/g, wrong: ")" },
  { ruleId: "default-sort", right: /\.(sort|toSorted)\(\(([\w$]+), ([\w$]+)\) => \2 - \3\)/g, wrong: ".$1()" },
  { ruleId: "comparator-sign", right: /\((\w+), (\w+)\) => \1 - \2\)/g, wrong: "($1, $2) => $1 > $2)" },
  {
    ruleId: "shared-fill",
    right: /Array\.from\(\{ length: ([\w$.]+) \}, \(\) => \[\]\)/g,
    wrong: "new Array($1).fill([])",
  },
  {
    ruleId: "discarded-pure-result",
    right: /^([ \t]*)(?:const |let )?([\w$]+) = \2\.(trim|replace|concat|slice)\(/gm,
    wrong: "$1$2.$3(",
  },
  {
    ruleId: "callback-receives-index",
    right: /\.map\(\(?([\w$]+)\)? => (Number\.)?parseInt\(\1, 10\)\)/g,
    wrong: ".map($2parseInt)",
  },
  { ruleId: "nullish-precedence", right: /\(([\w$.]+ \?\? [\w$"'.]+)\) ([+*-]) /g, wrong: "$1 $2 " },
  { ruleId: "optional-chain-dereference", right: /\b([\w$]+)\?\.([\w$]+)\?\.([\w$]+)/g, wrong: "($1?.$2).$3" },
  {
    ruleId: "null-dereference",
    right: /\bif \(([\w$]+) (?:!==?) (?:null|undefined)\) /g,
    wrong: "if ($1 === undefined) ",
  },
  { ruleId: "async-executor", right: /new Promise(<[^>]*>)?\(\(?(\w+)\)? =>/g, wrong: "new Promise$1(async $2 =>" },
  {
    ruleId: "duplicate-condition",
    right: /(\bif \(([^()\n]+)\)[^\n]*\n(?:[^\n]*\n){0,3}?[ \t]*(?:\} )?else if \()[^()\n]+\)/g,
    wrong: "$1$2)",
  },
  { ruleId: "array-delete", right: /\b([\w$.]+)\.splice\(([\w$]+), 1\);/g, wrong: "delete $1[$2];" },
  { ruleId: "for-in-array", right: /\bfor \(const ([\w$]+) of ([\w$.]+)\)/g, wrong: "for (const $1 in $2)" },
  {
    ruleId: "value-object-equality",
    right: /([\w$.]+)\.getTime\(\) ([!=]==) ([\w$.]+)\.getTime\(\)/g,
    wrong: "$1 $2 $3",
  },
  { ruleId: "swallowed-error", right: /catch \((\w+)\) \{\s*throw [^}]*\}/g, wrong: "catch {}" },
  { ruleId: "replace-first-only", right: /\.replaceAll\((["'])/g, wrong: ".replace($1" },
  {
    ruleId: "reduce-without-initial",
    right: /\.reduce\((\([\w$]+, [\w$]+\) => [^(){}]+), (?:0|"")\)/g,
    wrong: ".reduce($1)",
  },
  { ruleId: "callback-without-return", right: /\.map\(\(?([\w$]+)\)? => ([^(){}]+)\)/g, wrong: ".map($1 => { $2; })" },
  { ruleId: "switch-fallthrough", right: /\n[ \t]*break;(?=\n[ \t]*(?:case|default)\b)/g, wrong: "" },
  {
    ruleId: "switch-not-exhaustive",
    right: /\n[ \t]*case "[^"\n]+":\n[ \t]*return [^\n]*;(?=\n[ \t]*\})/g,
    wrong: "",
  },
  { ruleId: "regex-stateful-global", right: /^(const [\w$]+ = \/(?:\\.|[^/\n])+\/)(;)$/gm, wrong: "$1g$2" },
  { ruleId: "regex-unescaped-dot", right: /\\\.(com|org|net|io|dev)\b/g, wrong: ".$1" },
  { ruleId: "regex-anchor-precedence", right: /\^\(\?:([\w-]+\|[\w|-]+)\)\$/g, wrong: "^$1$" },
  { ruleId: "template-in-plain-string", right: /`([^`\n"]*\$\{[\w$.]+\}[^`\n"]*)`/g, wrong: '"$1"' },
  { ruleId: "thrown-non-error", right: /\bthrow new Error\(("[^"\n]*"|`[^`\n]*`)\)/g, wrong: "throw $1" },
  { ruleId: "reject-non-error", right: /\breject\(new Error\(("[^"\n]*"|`[^`\n]*`)\)\)/g, wrong: "reject($1)" },
  { ruleId: "promise-settled-twice", right: /(\breject\([^;\n]*\);)\n[ \t]*return;/g, wrong: "$1" },
  { ruleId: "zero-as-missing", right: /\b([\w$.]+) \?\? (\d+)/g, wrong: "$1 || $2" },
  { ruleId: "zero-as-missing", right: /\bif \(([\w$.]+) !== undefined\)/g, wrong: "if ($1)" },
  { ruleId: "unchecked-response-status", right: /\n[ \t]*if \(![\w$]+\.ok\)[^\n]*;/g, wrong: "" },
  { ruleId: "in-on-array", right: /\bif \(([\w$.]+)\.includes\(([\w$]+)\)\)/g, wrong: "if ($2 in $1)" },
  { ruleId: "identical-branches", right: / \? ([\w$.]+) : (?!\1\b)[\w$.]+/g, wrong: " ? $1 : $1" },
  { ruleId: "mistyped-operator", right: / ([+-])= /g, wrong: " =$1 " },
  { ruleId: "chained-comparison", right: /\b([\w$.]+ <=? )([\w$.]+) && \2 (<=? [\w$.]+)/g, wrong: "$1$2 $3" },
  { ruleId: "promise-in-spread-or-template", right: /\$\{await ([\w$.]+\([^(){}]*\))\}/g, wrong: "${$1}" },
  { ruleId: "promise-in-spread-or-template", right: /\.\.\.\(await ([\w$.]+\([^(){}]*\))\)/g, wrong: "...$1" },
  { ruleId: "unbound-this", right: /\(\) => (this\.[\w$]+)\(\)/g, wrong: "$1" },
  { ruleId: "file-url-by-hand", right: /\bfileURLToPath\((import\.meta\.url)\)/g, wrong: "new URL($1).pathname" },
  {
    ruleId: "suffix-check-by-index",
    right: /\b([\w$.]+)\.endsWith\(([\w$]+)\)/g,
    wrong: "$1.lastIndexOf($2) === $1.length - $2.length",
  },
  { ruleId: "impossible-range", right: /\.getMonth\(\) === 11\b/g, wrong: ".getMonth() === 12" },
  {
    ruleId: "contradictory-condition",
    right: /\b([\w$.]+) (<=? -?[\d.]+) \|\| \1 (>=? -?[\d.]+)/g,
    wrong: "$1 $2 && $1 $3",
  },
  { ruleId: "object-in-string", right: /\$\{JSON\.stringify\(([\w$.]+)\)\}/g, wrong: "${$1}" },
  { ruleId: "undefined-in-text", right: /\$\{([\w$.?]+) \?\? "[^"\n]*"\}/g, wrong: "${$1}" },
  { ruleId: "collection-as-object", right: /\bJSON\.stringify\(\[\.\.\.([\w$.]+)\]\)/g, wrong: "JSON.stringify($1)" },
  { ruleId: "shift-out-of-range", right: /(<<|>>>?) (\d)\b/g, wrong: "$1 3$2" },
  {
    ruleId: "constant-condition",
    right: /\b([\w$.]+) === ("[^"\n]*") \|\| \1 === ("[^"\n]*")/g,
    wrong: "$1 === $2 || $3",
  },
  { ruleId: "optional-chain-asserted", right: /\b([\w$]+\?\.[\w$]+)(?=[;,)])/g, wrong: "$1!" },
  { ruleId: "month-overflow", right: /\.setMonth\(([^,\n]+), 1\)/g, wrong: ".setMonth($1)" },
  { ruleId: "string-for-regex", right: /\.(replace|split)\(\/(\\?[\w.,-])\/g?,/g, wrong: '.$1("/$2/g",' },
];

/** Everything that can be done to a text, in the order of the rules and of the text; comments are left alone. */
export function mutationsOf(text: string): readonly Mutation[] {
  return edits.flatMap(({ ruleId, right, wrong }) =>
    [...text.matchAll(right)].flatMap(match => {
      const [old] = match;
      const put = wrong.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "");
      const { index: start } = match;
      return put === old || isComment(text, start)
        ? []
        : [narrowed({ ruleId, start, end: start + old.length, text: put }, text)];
    }),
  );
}

function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^\s*(?:\/\/|\/?\*)/.test(line) || line.includes("//");
}

/** Without what is the same before and after. */
function narrowed(mutation: Mutation, text: string): Mutation {
  const old = text.slice(mutation.start, mutation.end);
  const most = Math.min(old.length, mutation.text.length);
  let head = 0;
  while (head < most && old[head] === mutation.text[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === mutation.text.at(-1 - tail)) tail++;
  return {
    ruleId: mutation.ruleId,
    start: mutation.start + head,
    end: mutation.end - tail,
    text: mutation.text.slice(head, mutation.text.length - tail),
  };
}

/** The text with a mutation in it. */
export function mutated(text: string, { start, end, text: put }: Mutation): string {
  return text.slice(0, start) + put + text.slice(end);
}

/** The rules that have an inverse edit. */
export function rulesWithInverse(): readonly string[] {
  return [...new Set(edits.map(({ ruleId }) => ruleId))].sort();
}
