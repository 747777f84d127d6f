#!/bin/sh
# Minimizes Rosenbrock's function by gradient descent with the rate and the momentum of one point of the grid: point.sh POINT
set -eu
rate=$(($1 % 5 + 1))e-4
momentum=0.$(($1 / 5 + 4))
awk -v rate="$rate" -v momentum="$momentum" 'BEGIN {
    x = -1.2; y = 1
    for (step = 0; step < 5000; step++) {
        gx = -2 * (1 - x) - 400 * x * (y - x * x); gy = 200 * (y - x * x)
        vx = momentum * vx - rate * gx; vy = momentum * vy - rate * gy
        x += vx; y += vy
        if (x * x + y * y > 1e6) { print "1e99 diverged with rate", rate, "and momentum", momentum; exit }
    }
    printf "%.3e left with rate %s and momentum %s\n", (1 - x) ^ 2 + 100 * (y - x * x) ^ 2, rate, momentum
}' >"$ASSIGNMENT_OUTPUT/points/$1"
