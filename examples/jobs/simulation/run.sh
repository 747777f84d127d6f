#!/bin/sh
# Lets a stiff spring come to rest, with steps of half the length in each attempt: run.sh RUN ATTEMPT
set -eu
awk -v run="$1" -v attempt="$2" 'BEGIN {
    stiffness = 1 + run; step = 0.5 / 2 ^ attempt; x = 1
    for (time = 0; time < 20; time += step) {
        x -= step * stiffness * x
        if (x * x > 4) {
            printf "run %d diverges with steps of %g\n", run, step >"/dev/stderr"
            exit 1
        }
    }
    printf "%d %g %g\n", run, step, x
}' >"$ASSIGNMENT_OUTPUT/runs/$1.part"
mv "$ASSIGNMENT_OUTPUT/runs/$1.part" "$ASSIGNMENT_OUTPUT/runs/$1"
