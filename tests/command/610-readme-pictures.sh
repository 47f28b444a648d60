#!/bin/bash
# The pictures that the README shows are those that `make demo` draws now.
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive demo >/dev/null
ok 'a report of the made-up archive' status 0 $epistograph -q -o report demo/mail
for chart in network timeline lifelines; do
	ok "$chart.svg of the README is that of the report" cmp report/$chart.svg "$top/output/demo/$chart.svg"
	ok "which the README shows" grep -q "](output/demo/$chart.svg)" "$top/README.md"
	ok "and is small" test "$(stat -c %s "$top/output/demo/$chart.svg")" -lt 200000
done
done_testing
