#!/bin/sh
# Joins orders and customers: name, market and sum of each order.
set -eu
cd "$ASSIGNMENT_OUTPUT/tables"
join -o 1.2,1.3,2.2,2.3 orders customers >joined.part
mv joined.part joined
