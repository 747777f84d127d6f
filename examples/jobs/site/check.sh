#!/bin/sh
# Fails if a page links to a file that is not there.
set -eu
cd "$ASSIGNMENT_OUTPUT/site"
for link in $(sed -n 's/.*href=\([^ >]*\).*/\1/p' ./*.html | sort -u); do
    [ -e "$link" ] || { echo "no such page: $link" >&2; exit 1; }
done
