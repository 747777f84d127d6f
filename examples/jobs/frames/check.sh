#!/bin/sh
# Fails if a frame is not whole: check.sh FRAME
set -eu
frame=$ASSIGNMENT_OUTPUT/film/$(printf %04d "$1").ppm
lines=$(wc -l <"$frame")
[ "$lines" -eq $((3 + 48 * 48)) ] || { echo "$frame has $lines lines" >&2; exit 1; }
