/**
 * Small programs that do everything the language can do to the order of evaluation. Whatever is worth watching in one
 * has a number: the host that runs it logs the number and decides by a script what comes of it, and the graph of the
 * same text is searched for the step with that number.
 */
import fc from "fast-check";

/** What a numbered step may come to, beside throwing. */
export type Domain = "object" | "boolean" | "maybe" | "loose" | "keys";

export type FunctionKind = "sync" | "async" | "generator" | "async generator";

export interface Program {
  readonly kind: FunctionKind;
  /** As the graph's builder gets it. */
  readonly text: string;
  /** As it is run: without `using`, which not every engine knows. */
  readonly runnable: string;
  /** By number. */
  readonly domains: readonly Domain[];
}

export function programs(): fc.Arbitrary<Program> {
  return fc.constantFrom<FunctionKind>("sync", "async", "generator", "async generator").chain(kind =>
    fc.tuple(parameters, bodyOf(kind)).map(([head, body]) => {
      const star = kind.includes("generator") ? "*" : "";
      const async = kind.startsWith("async") ? "async " : "";
      const print = (isRunnable: boolean): Printed => {
        const printer = new Printer(isRunnable);
        return { text: `${async}function${star} f(${head(printer)}) {\n${body(printer)}\n}`, domains: printer.domains };
      };
      return { kind, ...print(false), runnable: print(true).text };
    }),
  );
}

type Printed = Pick<Program, "text" | "domains">;

/** A piece of a program: prints itself, taking numbers and labels as it goes. */
type Piece = (p: Printer) => string;
type Pieces = fc.Arbitrary<Piece>;

class Printer {
  readonly isRunnable: boolean;
  readonly domains: Domain[] = [];
  readonly loops: string[] = [];
  readonly blocks: string[] = [];
  switches = 0;
  labels = 0;

  constructor(isRunnable: boolean) {
    this.isRunnable = isRunnable;
  }

  id(domain: Domain = "object"): number {
    return this.domains.push(domain) - 1;
  }
}

const call =
  (domain: Domain = "object"): Piece =>
  p =>
    `$(${p.id(domain)})`;
const member =
  (domain: Domain = "object"): Piece =>
  p =>
    `o.p${p.id(domain)}`;
const nothing: Piece = () => "";

const parameters = fc.constantFrom<Piece>(
  nothing,
  nothing,
  p => `{ p${p.id("maybe")}: a = ${call()(p)}, ...b } = o`,
  p => `[a = ${call()(p)}] = inf(${p.id("maybe")})`,
);

interface Grammar {
  readonly statement: Piece;
  readonly expression: Piece;
  readonly condition: Piece;
}

interface Parts {
  readonly kind: FunctionKind;
  readonly statement: Pieces;
  readonly expression: Pieces;
  readonly condition: Pieces;
  /** What is evaluated in one step; a value of any kind can be asked of it. */
  readonly leaf: fc.Arbitrary<(domain: Domain) => Piece>;
}

function bodyOf(kind: FunctionKind): Pieces {
  const { statement } = fc.letrec((tie: fc.LetrecTypedTie<Grammar>): fc.LetrecValue<Grammar> => {
    const parts: Parts = {
      kind,
      statement: tie("statement"),
      expression: tie("expression"),
      condition: tie("condition"),
      leaf: leaves(kind),
    };
    return {
      statement: fc.oneof({ maxDepth: 3, depthIdentifier: "statement" }, ...statements(parts)),
      expression: fc.oneof({ maxDepth: 3, depthIdentifier: "expression" }, ...expressions(parts)),
      condition: fc.oneof({ maxDepth: 3, depthIdentifier: "expression" }, ...conditions(parts)),
    };
  });
  return rowOf(statement, 1, 4);
}

function rowOf(statement: Pieces, minLength = 0, maxLength = 3): Pieces {
  return fc
    .array(statement, { minLength, maxLength })
    .map(pieces => p => `{ ${pieces.map(piece => piece(p)).join("\n")} }`);
}

function leaves(kind: FunctionKind): Parts["leaf"] {
  const forms: ((domain: Domain) => Piece)[] = [
    call,
    call,
    member,
    domain => p => `o[k(${p.id()}, ${p.id(domain)})]`,
    domain => p => `${member()(p)}(${p.id(domain)})`,
  ];
  if (kind.startsWith("async")) forms.push(domain => p => `(await t(${p.id(domain)}))`);
  if (kind.includes("generator")) forms.push(domain => p => `(yield ${p.id(domain)})`);
  return fc.constantFrom(...forms);
}

function conditions({ expression, condition, leaf }: Parts): Pieces[] {
  const two = fc.tuple(condition, condition);
  return [
    leaf.map(of => of("boolean")),
    leaf.map(of => of("boolean")),
    two.map(
      ([a, b]) =>
        p =>
          `(${a(p)} && ${b(p)})`,
    ),
    two.map(
      ([a, b]) =>
        p =>
          `(${a(p)} || ${b(p)})`,
    ),
    fc.tuple(expression, condition).map(
      ([a, b]) =>
        p =>
          `(${a(p)}, ${b(p)})`,
    ),
    condition.map(a => p => `!${a(p)}`),
    fc.tuple(condition, two).map(
      ([a, [b, c]]) =>
        p =>
          `(${a(p)} ? ${b(p)} : ${c(p)})`,
    ),
    fc.tuple(leaf, condition).map(
      ([of, b]) =>
        p =>
          `(${of("loose")(p)} ?? ${b(p)})`,
    ),
    leaf.map(of => p => `(x = ${of("boolean")(p)})`),
    chains(leaf, "boolean"),
  ];
}

/** Optional chains whose last link has a value of `domain`. */
function chains(leaf: Parts["leaf"], domain: Domain): Pieces {
  const links = fc.constantFrom<(id: number) => string>(
    id => `.p${String(id)}`,
    id => `(${String(id)})`,
    id => `[key(${String(id)})]`,
  );
  const optional = (link: string): string => `?.${link.replace(/^\./, "")}`;
  return fc
    .tuple(leaf, links, links, fc.constantFrom("first", "second", "both"))
    .map(([of, first, second, which]) => p => {
      const base = of(which === "second" ? "object" : "maybe")(p);
      const one = first(p.id(which === "first" ? "object" : "maybe"));
      const two = second(p.id(domain));
      return base + (which === "second" ? one : optional(one)) + (which === "first" ? two : optional(two));
    });
}

function expressions(parts: Parts): Pieces[] {
  const { expression, condition, leaf } = parts;
  const two = fc.tuple(expression, expression);
  return [
    leaf.map(of => of("object")),
    leaf.map(of => of("object")),
    chains(leaf, "object"),
    fc.tuple(condition, expression).map(
      ([a, b]) =>
        p =>
          `(${a(p)} && ${b(p)})`,
    ),
    fc.tuple(condition, expression).map(
      ([a, b]) =>
        p =>
          `(${a(p)} || ${b(p)})`,
    ),
    fc.tuple(leaf, expression).map(
      ([of, b]) =>
        p =>
          `(${of("maybe")(p)} ?? ${b(p)})`,
    ),
    fc.tuple(condition, two).map(
      ([a, [b, c]]) =>
        p =>
          `(${a(p)} ? ${b(p)} : ${c(p)})`,
    ),
    two.map(
      ([a, b]) =>
        p =>
          `(${a(p)}, ${b(p)})`,
    ),
    two.map(
      ([a, b]) =>
        p =>
          `[${a(p)}, ...sp(${p.id()}), ${b(p)}]`,
    ),
    two.map(
      ([a, b]) =>
        p =>
          `({ a: ${a(p)}, [k(${p.id()}, 0)]: ${b(p)}, ...o, m() { ${call()(p)} } })`,
    ),
    two.map(
      ([a, b]) =>
        p =>
          `${call()(p)}(${p.id()}, ${a(p)}, ...sp(${p.id()}), ${b(p)})`,
    ),
    expression.map(a => p => `new o(${p.id()}, ${a(p)})`),
    expression.map(a => p => `o\`${p.id()} \${${a(p)}}\``),
    two.map(
      ([a, b]) =>
        p =>
          `\`\${typeof ${a(p)}}\${!${b(p)}}\``,
    ),
    expression.map(a => p => `void ${a(p)}`),
    expression.map(a => p => `(() => ${a(p).replace(/\b(?:await|yield)\b/g, "")})`),
    ...assignments(parts),
    fc.constant<Piece>(p => `(delete ${member()(p)})`),
    fc.constant<Piece>(p => `(delete ${call("maybe")(p)}?.p${p.id()})`),
    two.map(
      ([a, b]) =>
        p =>
          `(class extends (${a(p)}, Object) { [k(${p.id()}, 0)]() { ${call()(p)} } ` +
          `static [k(${p.id()}, 0)] = ${call()(p)}; i = ${call()(p)}; static { ${call()(p)} } [(${b(p)}, "z")] = 1 })`,
    ),
  ];
}

function assignments({ expression }: Parts): Pieces[] {
  const target = fc.constantFrom<Piece>(
    () => "x",
    member(),
    p => `${call()(p)}.p${p.id()}`,
    p => `o[k(${p.id()}, ${p.id()})]`,
  );
  const assigned = fc.tuple(target, expression);
  return [
    assigned.map(
      ([to, a]) =>
        p =>
          `(${to(p)} = ${a(p)})`,
    ),
    expression.map(a => p => `(${member()(p)} += (${a(p)}, 1))`),
    fc.constant<Piece>(p => `${member()(p)}++`),
    fc.tuple(fc.constantFrom("&&=", "||="), expression).map(
      ([o, a]) =>
        p =>
          `(${member("boolean")(p)} ${o} ${a(p)})`,
    ),
    expression.map(a => p => `(${member("maybe")(p)} ??= ${a(p)})`),
    assigned.map(
      ([to, a]) =>
        p =>
          `({ p${p.id("maybe")}: ${to(p)} = ${a(p)} } = o)`,
    ),
    assigned.map(
      ([to, a]) =>
        p =>
          `([${to(p)} = ${a(p)}, x] = inf(${p.id("maybe")}))`,
    ),
  ];
}

function statements(parts: Parts): Pieces[] {
  const { expression, condition, statement } = parts;
  const body = rowOf(statement);
  const two = fc.tuple(body, body);
  return [
    expression.map(a => p => `(${a(p)});`),
    expression.map(a => p => `{ let a = ${a(p)}; }`),
    fc.tuple(expression, body).map(
      ([a, rest]) =>
        p =>
          `{ const { p${p.id("maybe")}: a = ${a(p)}, [k(${p.id()}, ${p.id()})]: b } = o; ${rest(p)} }`,
    ),
    fc.tuple(condition, body).map(
      ([a, b]) =>
        p =>
          `if (${a(p)}) ${b(p)}`,
    ),
    fc.tuple(condition, two).map(
      ([a, [b, c]]) =>
        p =>
          `if (${a(p)}) ${b(p)} else ${c(p)}`,
    ),
    ...loops(parts),
    fc.tuple(expression, two, body, fc.nat(2)).map(([a, [b, c], d, at]) => switchOf(a, [b, c, d], at)),
    two.map(
      ([a, b]) =>
        p =>
          `try ${a(p)} catch (e) ${b(p)}`,
    ),
    two.map(
      ([a, b]) =>
        p =>
          `try ${a(p)} finally ${b(p)}`,
    ),
    fc.tuple(body, two).map(
      ([a, [b, c]]) =>
        p =>
          `try ${a(p)} catch ${b(p)} finally ${c(p)}`,
    ),
    body.map(a => labelled(a)),
    fc.tuple(fc.boolean(), fc.nat(5), fc.boolean()).map(([isGuarded, at, isBreak]) => jump(isGuarded, at, isBreak)),
    fc.constant<Piece>(p => `if (${call("boolean")(p)}) return;`),
    expression.map(a => p => `return ${a(p)};`),
    expression.map(a => p => `throw ${a(p)};`),
    body.map(rest => p => resource(p, rest, false)),
    ...(parts.kind.startsWith("async") ? [body.map(rest => (p: Printer) => resource(p, rest, true))] : []),
    fc.constant<Piece>(
      p => `{ class C { static p = ${call()(p)}; static { for (const y of it(${p.id()})) break; } } }`,
    ),
  ];
}

function loops({ kind, expression, condition, statement }: Parts): Pieces[] {
  const body = rowOf(statement);
  const heads = fc.constantFrom<Piece>(
    () => "const y",
    member(),
    p => `{ p${p.id()}: x }`,
  );
  const forms = [
    fc.tuple(condition, body).map(
      ([a, b]) =>
        (p: Printer) =>
          `while (${a(p)}) ${b(p)}`,
    ),
    fc.tuple(condition, body).map(
      ([a, b]) =>
        (p: Printer) =>
          `do ${b(p)} while (${a(p)});`,
    ),
    fc.tuple(fc.tuple(expression, condition, expression), body).map(
      ([[a, b, c], d]) =>
        (p: Printer) =>
          `for (x = ${a(p)}; ${b(p)}; ${c(p)}) ${d(p)}`,
    ),
    fc.tuple(heads, body).map(
      ([to, a]) =>
        (p: Printer) =>
          `for (${to(p)} of it(${p.id()})) ${a(p)}`,
    ),
    body.map(a => (p: Printer) => `for (const y in keys(${p.id("keys")})) ${a(p)}`),
  ];
  if (kind.startsWith("async")) {
    forms.push(body.map(a => p => `for await (const y of ait(${p.id()})) ${a(p)}`));
  }
  return forms.map(form =>
    form.map(print => p => {
      const label = `l${p.labels++}`;
      const { switches } = p;
      p.loops.push(label);
      p.switches = 0;
      const text = print(p);
      p.loops.pop();
      p.switches = switches;
      return `${label}: ${text}`;
    }),
  );
}

/** `at`: where the default clause stands. The cases say themselves whether they are the one. */
function switchOf(value: Piece, bodies: readonly Piece[], at: number): Piece {
  return p => {
    const head = at === 0 ? "" : `${value(p)}, `;
    p.switches++;
    const clauses = bodies.map((body, index) => {
      const test = index === at ? "default" : `case ${call("boolean")(p)}`;
      return `${test}: ${body(p)}`;
    });
    p.switches--;
    return `switch (${head}true) { ${clauses.join("\n")} }`;
  };
}

function labelled(body: Piece): Piece {
  return p => {
    const label = `m${p.labels++}`;
    p.blocks.push(label);
    const text = body(p);
    p.blocks.pop();
    return `${label}: ${text}`;
  };
}

/** A jump out of whatever stands around it, if anything does. */
function jump(isGuarded: boolean, at: number, isBreak: boolean): Piece {
  return p => {
    const labels = isBreak ? [...p.loops, ...p.blocks] : p.loops;
    const isPlain = at % 2 === 0 && (p.loops.length > 0 || (isBreak && p.switches > 0));
    const label = isPlain ? "" : labels[at % Math.max(labels.length, 1)];
    if (label === undefined) return ";";
    return `${isGuarded ? `if (${call("boolean")(p)}) ` : ""}${isBreak ? "break" : "continue"} ${label};`;
  };
}

function resource(p: Printer, rest: Piece, isAwaited: boolean): string {
  const id = p.id();
  const [word, make] = isAwaited ? ["await using", "ad"] : ["using", "d"];
  const body = `{ ${call()(p)}; ${rest(p)} }`;
  if (!p.isRunnable) return `{ ${word} r = ${make}(${id}); ${body} }`;
  return `{ const r = ${make}(${id}); try ${body} finally { ${isAwaited ? "await " : ""}r.dispose(); } }`;
}
