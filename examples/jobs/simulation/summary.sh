#!/bin/sh
# Says how many runs came to rest with which step.
set -eu
cat "$ASSIGNMENT_OUTPUT"/runs/* |
    awk '{ runs[$2]++ } END { for (step in runs) print runs[step], "runs with steps of", step }' | sort -k 6
