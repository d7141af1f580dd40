import js from "@eslint/js";
import next from "@next/eslint-plugin-next";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = ["chat", "conversations", "figures"];

/** Imports flow shared (components, lib) → features → app; a feature does not know another one. */
const forbid = (files, patterns, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group: patterns, message }] }] },
});

const word = "/[A-Za-z]{2,}/";
const spoken = `JSXAttribute[name.name=/^(aria-label|aria-description|label|title|placeholder|alt|hint)$/]`;
const sides =
  "/(^|[\\s:!])(-?(p|m|scroll-p|scroll-m)[lr]-|-?(left|right)-(\\d|\\[|\\(|px|auto|full)|(text|float|clear)-(left|right)(?![\\w-])|border-[lr](?![\\w])|rounded-(l|r|tl|tr|bl|br)(?![\\w]))/";

/** Words come from src/i18n; sides follow the direction of reading. */
const language = [
  {
    selector: `JSXText[value=${word}]:not([value=/^\\s*(TahoChat|mermaid|\\.env|GROQ_API_KEY=gsk_…)\\s*$/])`,
    message: "Words belong to src/i18n/messages: useTranslations.",
  },
  ...[
    `${spoken} > Literal[value=${word}]`,
    `${spoken} > JSXExpressionContainer Literal[value=${word}]:not(JSXAttribute JSXAttribute > Literal):not(CallExpression Literal):not(BinaryExpression > Literal)`,
    `${spoken} > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${word}]`,
    `JSXElement > JSXExpressionContainer > :matches(Literal, TemplateLiteral > TemplateElement)[value=${word}]`,
    `JSXElement > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > Literal.consequent[value=${word}]`,
    `JSXElement > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > Literal.alternate[value=${word}]`,
    `JSXElement > JSXExpressionContainer > LogicalExpression > Literal.right[value=${word}]`,
  ].map((selector) => ({ selector, message: "Words belong to src/i18n/messages: useTranslations." })),
  ...[`Literal[value=${sides}]`, `TemplateElement[value.raw=${sides}]`].map((selector) => ({
    selector,
    message:
      "Arabic is read from right to left: ps-/pe-, ms-/me-, start-/end-, text-start, border-s, rounded-s.",
  })),
];

export default tseslint.config(
  { ignores: [".next", "out", "next-env.d.ts", "src/lib/protocol/fixtures.ts"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    plugins: { "@next/next": next },
    rules: { ...next.configs.recommended.rules, ...next.configs["core-web-vitals"].rules },
  },
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "max-lines": ["error", { max: 200, skipBlankLines: true }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["**/*.test.{ts,tsx}", "src/testing/**"],
    rules: { "no-restricted-syntax": ["error", ...language] },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.test.{ts,tsx}"], rules: { "max-lines": "off" } },
  forbid(
    ["src/lib/**", "src/components/**"],
    ["@/features/*", "@/features/**", "@/app/*", "@/app/**"],
    "Shared code knows no feature.",
  ),
  ...features.map((feature) =>
    forbid(
      [`src/features/${feature}/**`],
      [
        "@/app/*",
        "@/app/**",
        ...features.filter((f) => f !== feature).flatMap((f) => [`@/features/${f}`, `@/features/${f}/**`]),
      ],
      "A feature knows neither the app nor another feature.",
    ),
  ),
);
