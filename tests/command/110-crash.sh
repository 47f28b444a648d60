#!/bin/bash
# A message that crashes or hangs the reader costs itself and nothing else
. "$(dirname "$0")/lib.sh"

# AddressSanitizer must be the first library, and a crash is its own; it has the unit tests.
if sanitized; then
	skip 'a crash costs one message' 'the program is built with a sanitizer'
	done_testing
	exit
fi

for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
	subject="=?utf-8?q?fine_$i?="
	[ $i = 04 ] && subject='=?utf-8?q?x?= please-crash'
	[ $i = 05 ] && subject='=?utf-8?q?x?= please-crash'
	[ $i = 09 ] && subject='=?utf-8?q?x?= please-hang'
	mail box/$i.eml "p$i@a.example" 'bo@b.example' "$subject" "Mon, $((10#$i)) Feb 2016 10:00:00 +0000"
done
for i in 01 04 06 09 12; do
	printf 'From x@y.example Mon Feb  1 10:00:00 2016\n'
	sed 's/@test.example/@mbox.example/; s/^Body/Another body/' box/$i.eml
	echo
done >folder.mbox

preload() { LD_PRELOAD=$top/$build/tests/command/crash_preload.so "$@"; }

for jobs in 1 3; do
	exits "the run goes on, with $jobs workers" 1 '"rejected": 5' \
		preload $epistograph read --json --jobs $jobs --patience 1 -c case$jobs box folder.mbox
	is 'every message is accounted for' 17 "$(field found)"
	is 'the others are counted' 12 "$(field counted)"
	$epistograph show rejected -c case$jobs --csv >rejected$jobs.csv
done
ok 'the result does not depend on the number of workers' sh -c \
	'[ -s case1 ] && [ -s case3 ] && sqlite3 case1 .dump >1.sql && sqlite3 case3 .dump >3.sql &&
	 grep -q "INSERT INTO message" 1.sql && cmp 1.sql 3.sql'
ok 'the crash is named with its place' grep -q 'box/04.eml,0,.*crashed.*Segmentation' rejected1.csv
ok 'the hang is named with its place' grep -q 'box/09.eml,0,.*no result after 1 s' rejected1.csv
offset=$(grep -abn '^From x' folder.mbox | sed -n '2s/^[0-9]*:\([0-9]*\):.*/\1/p')
ok 'in an mbox the place is the offset' grep -q "folder.mbox,$offset,.*crashed" rejected1.csv
done_testing
