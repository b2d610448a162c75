/** Heavier proofs, run by `npm run proofs`: the same jest, other files. */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/proofs"],
  testMatch: ["<rootDir>/proofs/**/*.test.ts"],
  testTimeout: 600_000,
};
