/** Projects by what they need: `npx jest --selectProjects unit simulation` needs nothing but node. */
const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    "^@covey/agent/(client|contract)$": "<rootDir>/agent/src/$1/index.ts",
    "^@covey/provider/(plugin|plugin/testing)$": "<rootDir>/provider/src/$1/index.ts",
    "^@covey/constructs$": "<rootDir>/constructs/src/index.ts",
  },
  testPathIgnorePatterns: ["/node_modules/", "/dist/", "/cdktf.out/"],
  modulePathIgnorePatterns: ["/dist/", "/cdktf.out/", "<rootDir>/.covey/"],
};
const project = (displayName, testMatch, more = {}) => ({
  ...common,
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  ...more,
});

module.exports = {
  projects: [
    project("unit", [
      "agent/src/**/*.test.ts",
      "provider/src/**/*.test.ts",
      "constructs/src/**/*.test.ts",
      "scripts/**/*.test.ts",
    ]),
    project("simulation", ["agent/test/simulation/**/*.test.ts"]),
    project("integration", [
      "agent/test/docker/**/*.test.ts",
      "agent/test/consul/**/*.test.ts",
      "agent/test/mesos/**/*.test.ts",
      "agent/test/process/**/*.test.ts",
      "provider/test/**/*.test.ts",
      "constructs/test/**/*.test.ts",
    ]),
    project("e2e", ["test/e2e/**/*.test.ts"]),
  ],
};
