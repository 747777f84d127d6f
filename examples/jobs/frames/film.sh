#!/bin/sh
# Puts all frames into one file, which ffmpeg -f image2pipe reads: film.sh JOB
set -eu
cd "$ASSIGNMENT_OUTPUT/film"
cat ????.ppm >film.ppm
echo "job $1: $(grep -c '^P3$' film.ppm) frames in $PWD/film.ppm"
