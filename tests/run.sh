#!/bin/sh
# `npm test`: all checks, and the processor time that they and the processes which they started took.
cd "$(dirname "$0")/.." || exit
mkdir -p node_modules/.cache
# What Node.js has compiled once: every process of the tests loads it instead.
export NODE_COMPILE_CACHE="$PWD/node_modules/.cache/compiled"

npm run typecheck && npm run lint && npm run unit && npm run system
status=$?

# In a pipe or a substitution the shell would print the times of a subshell, which has no children yet.
times > node_modules/.cache/times
awk '
    { for (i = 1; i <= 2; i++) { split($i, part, "m"); total[i] += part[1] * 60 + part[2] } }
    END { printf "npm test took %.0f s of processor time: %.0f user, %.0f system\n", total[1] + total[2], total[1], total[2] }
' node_modules/.cache/times
exit $status
