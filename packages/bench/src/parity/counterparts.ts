/** Which rules of ours look for what a rule of theirs looks for. */

// cspell:words Misrefactored

/** A subject: our rules, and those of the others by suite. tsgolint names its rules as typescript-eslint does. */
export interface Counterpart {
  readonly ours: readonly string[];
  readonly typescriptEslint?: readonly string[];
  readonly biome?: readonly string[];
}

export const COUNTERPARTS: readonly Counterpart[] = [
  {
    ours: ["floating-promise"],
    typescriptEslint: ["no-floating-promises"],
    biome: ["nursery/noFloatingPromises"],
  },
  {
    ours: [
      "promise-in-condition",
      "async-array-predicate",
      "promise-in-spread-or-template",
      "async-listener-may-reject",
      "await-lost-in-helper",
    ],
    typescriptEslint: ["no-misused-promises"],
    biome: ["nursery/noMisusedPromises"],
  },
  {
    ours: ["await-non-promise", "thenable-object"],
    typescriptEslint: ["await-thenable"],
    biome: ["nursery/useAwaitThenable"],
  },
  { ours: ["return-without-await-in-try"], typescriptEslint: ["return-await"] },
  { ours: ["async-executor"], biome: ["suspicious/noAsyncPromiseExecutor"] },
  { ours: ["reject-non-error"], typescriptEslint: ["prefer-promise-reject-errors"] },
  { ours: ["thenable-object"], biome: ["suspicious/noThenProperty"] },
  { ours: ["optional-chain-dereference"], biome: ["correctness/noUnsafeOptionalChaining"] },
  {
    ours: ["optional-chain-asserted"],
    typescriptEslint: ["no-non-null-asserted-optional-chain"],
    biome: ["suspicious/noNonNullAssertedOptionalChain"],
  },
  {
    ours: ["constant-condition", "impossible-comparison", "redundant-check"],
    typescriptEslint: ["no-unnecessary-condition"],
    biome: ["suspicious/noUnnecessaryConditions"],
  },
  {
    ours: [
      "constant-condition",
      "impossible-comparison",
      "assignment-in-condition",
      "typeof-misspelled",
      "negated-left-operand",
      "void-operator-misuse",
    ],
    biome: ["correctness/noConstantCondition"],
  },
  {
    ours: [
      "constant-condition",
      "impossible-comparison",
      "nullish-precedence",
      "fresh-object-lookup",
      "empty-collection-check",
      "value-object-equality",
      "identical-operands",
      "typeof-misspelled",
      "negated-left-operand",
      "optional-chain-dereference",
    ],
    biome: ["suspicious/noConstantBinaryExpressions"],
  },
  { ours: ["impossible-comparison"], biome: ["correctness/noStringCaseMismatch"] },
  { ours: ["duplicate-condition"], biome: ["suspicious/noDuplicateElseIf", "suspicious/noDuplicateCase"] },
  { ours: ["identical-operands"], biome: ["suspicious/noSelfCompare"] },
  { ours: ["self-assignment"], biome: ["correctness/noSelfAssign"] },
  {
    ours: ["duplicate-key"],
    typescriptEslint: ["no-dupe-class-members"],
    biome: ["suspicious/noDuplicateClassMembers", "suspicious/noDuplicateObjectKeys", "suspicious/noDuplicateJsxProps"],
  },
  { ours: ["assignment-in-condition"], biome: ["suspicious/noAssignInExpressions"] },
  { ours: ["never-assigned"], biome: ["suspicious/noUnassignedVariables"] },
  { ours: ["not-callable", "not-constructable"], biome: ["correctness/noGlobalObjectCalls"] },
  { ours: ["not-constructable", "not-callable"], biome: ["correctness/noInvalidBuiltinInstantiation"] },
  {
    ours: ["callback-without-return", "foreach-returns-value"],
    biome: ["suspicious/useIterableCallbackReturn"],
  },
  { ours: ["undefined-name"], biome: ["correctness/noUndeclaredVariables"] },
  {
    ours: ["default-sort"],
    typescriptEslint: ["require-array-sort-compare"],
    biome: ["suspicious/useArraySortCompare"],
  },
  { ours: ["for-in-array"], typescriptEslint: ["no-for-in-array"] },
  { ours: ["array-delete"], typescriptEslint: ["no-array-delete"] },
  {
    ours: ["spread-of-wrong-kind", "promise-in-spread-or-template"],
    typescriptEslint: ["no-misused-spread"],
  },
  {
    ours: ["object-in-string", "collection-as-object", "promise-in-spread-or-template"],
    typescriptEslint: ["no-base-to-string"],
    biome: ["nursery/noBaseToString"],
  },
  {
    ours: ["object-in-string", "promise-in-spread-or-template", "undefined-in-text"],
    typescriptEslint: ["restrict-template-expressions"],
  },
  {
    ours: ["mixed-plus", "nan-arithmetic", "object-in-string"],
    typescriptEslint: ["restrict-plus-operands"],
    biome: ["nursery/noUnsafePlusOperands"],
  },
  { ours: ["nan-arithmetic"], typescriptEslint: ["no-unsafe-unary-minus"] },
  { ours: ["nan-comparison"], biome: ["correctness/useIsNan"] },
  { ours: ["lossy-number"], typescriptEslint: ["no-loss-of-precision"], biome: ["correctness/noPrecisionLoss"] },
  { ours: ["template-in-plain-string"], biome: ["suspicious/noTemplateCurlyInString"] },
  { ours: ["enum-mismatch"], typescriptEslint: ["no-unsafe-enum-comparison"] },
  {
    ours: ["switch-not-exhaustive"],
    typescriptEslint: ["switch-exhaustiveness-check"],
    biome: ["nursery/useExhaustiveSwitchCases"],
  },
  { ours: ["switch-fallthrough"], biome: ["suspicious/noFallthroughSwitchClause"] },
  { ours: ["loop-direction"], biome: ["correctness/useValidForDirection"] },
  { ours: ["unreachable-code"], biome: ["correctness/noUnreachable"] },
  { ours: ["finally-overrides"], biome: ["correctness/noUnsafeFinally"] },
  { ours: ["getter-without-return"], biome: ["suspicious/useGetterReturn"] },
  {
    ours: ["this-before-super"],
    biome: ["correctness/noInvalidConstructorSuper", "correctness/noUnreachableSuper"],
  },
  { ours: ["constructor-returns"], biome: ["correctness/noConstructorReturn"] },
  { ours: ["unbound-this"], typescriptEslint: ["unbound-method"] },
  { ours: ["thrown-non-error"], typescriptEslint: ["only-throw-error"], biome: ["style/useThrowOnlyError"] },
  { ours: ["lost-cause"], biome: ["style/useErrorCause"] },
  { ours: ["catch-always-rethrows"], biome: ["complexity/noUselessCatch"] },
  { ours: ["negated-left-operand"], biome: ["suspicious/noUnsafeNegation", "nursery/noNegationInEqualityCheck"] },
  { ours: ["typeof-misspelled"], biome: ["correctness/useValidTypeof"] },
  { ours: ["void-result-used"], typescriptEslint: ["no-confusing-void-expression"] },
  { ours: ["missing-return"], typescriptEslint: ["consistent-return"] },
  { ours: ["swallowed-error"], biome: ["suspicious/noEmptyBlockStatements"] },
  { ours: ["regex-empty-class"], biome: ["correctness/noEmptyCharacterClassInRegex"] },
  { ours: ["regex-misleading-class"], biome: ["suspicious/noMisleadingCharacterClass"] },
  { ours: ["mistyped-operator"], biome: ["suspicious/noMisrefactoredShorthandAssign"] },
];

/** The rules of ours that may answer for a rule of theirs. */
export function oursFor(rule: string): ReadonlySet<string> {
  const found = COUNTERPARTS.filter(({ typescriptEslint = [], biome = [] }) =>
    [...typescriptEslint, ...biome].includes(rule),
  );
  return new Set(found.flatMap(({ ours }) => ours));
}
