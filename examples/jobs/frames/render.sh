#!/bin/sh
# Renders one frame, a ball that goes around, as a picture in the PPM format: render.sh FRAME FRAMES
set -eu
frame=$ASSIGNMENT_OUTPUT/film/$(printf %04d "$1").ppm
awk -v frame="$1" -v frames="$2" 'BEGIN {
    size = 48; turn = 6.2831853 * frame / frames
    x0 = size / 2 + 14 * cos(turn); y0 = size / 2 + 14 * sin(turn); r = 8
    printf "P3\n%d %d\n255\n", size, size
    for (y = 0; y < size; y++) for (x = 0; x < size; x++) {
        height = r * r - (x - x0) ^ 2 - (y - y0) ^ 2
        light = height > 0 ? 60 + 195 * sqrt(height) / r : 20
        printf "%d %d %d\n", light, light * 0.8, 40
    }
}' >"$frame.part"
# Another run of this frame, after a crash say, leaves no half of a picture.
mv "$frame.part" "$frame"
