// For mocha's --require in `npm run proof`.
process.env["PROOF"] = "yes";
