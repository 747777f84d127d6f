#!/bin/sh
# Lists all pages.
set -eu
cd "$ASSIGNMENT_OUTPUT/site"
for page in [0-9]*.html; do
    title=$(sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' "$page")
    echo "<li><a href=$page>$title</a>"
done >index.part
mv index.part index.html
