import eslint from "@eslint/js";
import jest from "eslint-plugin-jest";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const portInstead = (port) =>
  `Pure folders have no world of their own: take it through ports/${port}.`;

const pureFolders = [
  "model",
  "contract",
  "membership",
  "election",
  "allocation",
  "reconcile",
  "master",
  "worker",
  "frameworks",
  "node",
].map((folder) => `agent/src/${folder}/**/*.ts`);

export default defineConfig(
  globalIgnores([
    "**/node_modules/",
    "**/dist/",
    "**/cdktf.out/",
    ".covey/",
    "constructs/src/generated/",
  ]),
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      "no-console": "error",
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      "max-params": ["error", 4],
      complexity: ["error", 12],
    },
  },
  {
    files: pureFolders,
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["setTimeout", "setInterval", "setImmediate", "performance", "Date"].map((name) => ({
          name,
          message: portInstead("clock"),
        })),
        { name: "fetch", message: portInstead("...: HTTP belongs to adapters and api") },
        { name: "process", message: portInstead("...: main.ts reads it and passes it on") },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: portInstead("random") },
      ],
    },
  },
  { files: ["agent/src/cli/**/*.ts", "scripts/**/*.ts"], rules: { "no-console": "off" } },
  {
    files: ["**/*.test.ts", "**/test/**/*.ts"],
    plugins: { jest },
    languageOptions: { globals: jest.environments.globals.globals },
    rules: {
      ...jest.configs["flat/recommended"].rules,
      "jest/no-focused-tests": "error",
      "jest/expect-expect": [
        "error",
        { assertFunctionNames: ["expect*", "assert*", "fc.assert", "**.expect*", "**.assert*"] },
      ],
      "jest/no-standalone-expect": "off",
      "jest/no-conditional-expect": "off",
      "max-lines": ["error", { max: 500 }],
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.cjs", "**/*.mjs"],
    languageOptions: {
      globals: { module: "writable", require: "readonly", __dirname: "readonly" },
    },
  },
);
