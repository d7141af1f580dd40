import js from "@eslint/js";
import next from "@next/eslint-plugin-next";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = ["chat", "conversations", "figures", "palette", "shortcuts", "settings", "about"];

/** Imports flow shared (components, lib) → features → app; a feature does not know another one. */
const forbid = (files, patterns, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group: patterns, message }] }] },
});

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
