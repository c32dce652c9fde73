/**
 * The control-flow graph of one function: what is evaluated, in which order, and where evaluation can go from there.
 *
 * A block is a row of steps that always run one after the other, unless one of them throws: then evaluation goes on at
 * the block's handler. So a call inside `try` needs no block of its own; the clients of a graph join the states around
 * each step that may throw into the handler.
 */
import type {
  ClassLikeDeclaration,
  ClassStaticBlockDeclaration,
  FunctionLikeDeclaration,
  Node,
  SourceFile,
} from "@review/program/syntax";

/** What has a graph of its own; a class stands for its constructor where it declares none. */
export type FlowRoot = FunctionLikeDeclaration | ClassLikeDeclaration | ClassStaticBlockDeclaration | SourceFile;

export interface FlowGraph {
  readonly root: FlowRoot;
  /** Each block's `id` is its index. Reachable ones come first, in reverse post-order: edges forward, save loops. */
  readonly blocks: readonly Block[];
  readonly entry: Block;
  /** Where every normal end arrives, with and without `return`; has no steps. */
  readonly returned: Block;
  /** Where every exception that leaves the function arrives (for an async one: its rejection); has no steps. */
  readonly thrown: Block;
  /**
   * The steps that evaluate a node, brackets and type assertions aside. Several where a `finally` is left in several
   * ways, since each has its own copy; several kinds where a node is evaluated in parts; none for literals.
   */
  stepsOf(node: Node): readonly Step[];
}

export interface Block {
  readonly id: number;
  readonly steps: readonly Step[];
  /** Where evaluation goes after the last step. */
  readonly next: readonly Edge[];
  /** Every edge that leads here, exceptional ones and those out of unreachable code included. */
  readonly before: readonly Edge[];
  /** Where it goes from any step that throws; undefined where no step here can. */
  readonly failure: Edge | undefined;
  /** Whether a path from the entry leads here; unreachable code has blocks too. */
  readonly isReachable: boolean;
}

/** One evaluation. */
export interface Step {
  readonly kind: StepKind;
  readonly node: Node;
  readonly block: Block;
  /** Position in the block. */
  readonly index: number;
  /** Whether the step may throw. Plain reads, tests and operators count as never throwing, though a `valueOf` might. */
  readonly throws: boolean;
  /** Whether other code may run before the next step: `await`, `yield`, and what a `for await` does by itself. */
  readonly suspends: boolean;
}

/**
 * - `read`: a variable, at its identifier. `write`: an assignment to one, at the identifier that is written.
 * - `bind`: a declared name gets its value, at the identifier; `let x;` binds undefined, `var x;` does nothing.
 * - `access`: a member is read, or an object is taken apart by a pattern or spread. `set` and `delete`: of a member.
 * - `call`: calls, `new`, tagged templates, `super()`, decorators and `import()`, after their arguments.
 * - `create`: a function or class comes into being, at its declaration or expression; here a closure captures.
 * - `compute`: an operator, template, regular expression, array, object or element.
 * - `test`: a branch is decided by the value of the node; the edges out of the block say how.
 * - `await`, `yield`, `throw` (the statement), `return` (the statement, or the body of an arrow function).
 * - `iterate`: an iterator is asked for. `advance`: it is asked for its next value. `close`: a loop tells it to stop.
 * - `catch`: a catch clause is entered. `finally`: a finally block is entered, at the block.
 * - `dispose`: a `using` declaration is disposed of, at its `VariableDeclaration`.
 */
export type StepKind =
  | "read"
  | "write"
  | "bind"
  | "access"
  | "set"
  | "delete"
  | "call"
  | "create"
  | "compute"
  | "test"
  | "await"
  | "yield"
  | "throw"
  | "return"
  | "iterate"
  | "advance"
  | "close"
  | "catch"
  | "finally"
  | "dispose";

export interface Edge {
  readonly from: Block;
  readonly to: Block;
  readonly kind: EdgeKind;
  /** What decided: the tested expression, the case clause, the loop, the statement that jumps. */
  readonly node: Node | undefined;
  /** Whether it closes a loop: it leads back to a block that the way to `from` has passed. */
  readonly isBack: boolean;
}

/**
 * - `next`: nothing was decided.
 * - `true`, `false`: of the tested expression, which stands bare of `!`, `&&`, `||` and brackets.
 * - `nullish`, `present`: the value before `?.`, `??` or `??=`. `undefined`, `given`: what a default stands in for.
 * - `case`, `mismatch`: the value of a `switch` is that of the clause, or is not.
 * - `item`, `done`: an iteration has another element, or is over.
 * - `throw`: from any step that throws, a `throw` statement, or the end of a `finally` that an exception ran through.
 * - `return`, `break`, `continue`: the jumps, also out of a `finally` that they ran through.
 * - `abandon`: a generator is closed by its consumer while it stands at a `yield`.
 */
export type EdgeKind =
  | "next"
  | "true"
  | "false"
  | "nullish"
  | "present"
  | "undefined"
  | "given"
  | "case"
  | "mismatch"
  | "item"
  | "done"
  | "throw"
  | "return"
  | "break"
  | "continue"
  | "abandon";
