/** Our pages have a header of their own, for every face alike: of this one's they get no more than the mark of its end. */
export default {
  pathRuleDoc: "../packages/rules/src/{name}/README.md",
  // The list is read on the registry's page, too.
  urlRuleDoc: "https://github.com/review-dev/review/blob/main/packages/rules/src/{name}/README.md",
  ruleDocTitleFormat: "name",
  ruleDocNotices: ["deprecated"],
  // Every rule may have fixes and suggestions and asks for types by itself: columns for that would say nothing.
  ruleListColumns: ["name", "description", "configsError", "configsWarn"],
  configEmoji: [
    ["recommended", "✅"],
    ["refactor", "🔨"],
  ],
  ignoreConfig: ["all", "dedupe"],
};
