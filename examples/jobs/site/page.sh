#!/bin/sh
# Makes one page of HTML from its text: page.sh PAGE
set -eu
text=examples/jobs/site/pages/$1.txt
page=$ASSIGNMENT_OUTPUT/site/$1.html
awk '
    BEGIN { print "<!doctype html><link rel=stylesheet href=style.css>" }
    NR == 1 { print "<title>" $0 "</title><h1>" $0 "</h1>"; next }
    NF { print "<p>" $0 }
' "$text" >"$page.part"
mv "$page.part" "$page"
