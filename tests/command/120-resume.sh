#!/bin/bash
# A read that is killed anywhere is completed to the same content
. "$(dirname "$0")/lib.sh"

# Of a size that is stored in several goes.
$top/$build/tests/demo/make_archive --messages 30000 --seed 7 --attachments 0 --format mbox demo >/dev/null
begin=$(date +%s%N)
$epistograph read -q -c whole demo/mail
took=$(($(date +%s%N) - begin))
sqlite3 whole .dump >whole.sql
stored() { sqlite3 -cmd '.timeout 10000' "$1" 'SELECT count(*) FROM message' 2>/dev/null || echo 0; }
all=$(stored whole)
ok 'there is something to compare' test "$all" -gt 20000

# after PERCENT: that share of the time of a whole run, in seconds.
after() { awk -v took=$took -v percent="$1" 'BEGIN { printf "%.3f", took * percent / 1e11 }'; }

killed=0 part=0 sound=0 equal=0 tries=0
for round in 1 2 3 4; do
	for percent in 5 30 45 60 75 90; do
		tries=$((tries + 1))
		rm -f case*
		timeout -s KILL "$(after $percent)" $epistograph read -q -c case demo/mail 2>/dev/null
		[ $? -eq 137 ] && killed=$((killed + 1))
		held=0
		[ ! -e case ] || held=$(stored case)
		[ "$held" -gt 0 ] && [ "$held" -lt "$all" ] && part=$((part + 1))
		[ ! -e case ] || [ "$(sqlite3 -cmd '.timeout 10000' case 'PRAGMA integrity_check')" = ok ] &&
			sound=$((sound + 1))
		$epistograph read -q -c case demo/mail
		sqlite3 case .dump >case.sql
		cmp -s whole.sql case.sql && equal=$((equal + 1))
	done 2>/dev/null
	[ $part -eq 0 ] || break
done
ok 'some of the runs were killed' test $killed -ge 3
ok 'some when a part was stored' test $part -ge 1
is 'none left a damaged case file' $tries $sound
is 'each was completed to the same content' $tries $equal

# Interrupted when a part is stored at most: a shorter time is tried if it came too late.
for percent in 60 30 15 5; do
	rm -f case*
	$epistograph read -q -c case demo/mail 2>err &
	pid=$!
	sleep "$(after $percent)"
	kill -INT $pid 2>/dev/null
	wait $pid
	interrupted=$?
	held=$(stored case)
	[ "${held:-0}" -eq "$all" ] || break
done
ok 'a run can be interrupted' test "${held:-0}" -lt "$all"
is 'which is a failure' 3 $interrupted
ok 'and said' grep -q 'interrupted' err
$epistograph read -q -c case demo/mail
sqlite3 case .dump >case.sql
ok 'and is completed too' cmp whole.sql case.sql

# A mailbox grows, one shrinks.
cat >one.mbox <<'M'
From a@a.example Mon Feb  1 10:00:00 2016
From: a@a.example
To: b@b.example
Message-ID: <1@x>
Date: Mon, 1 Feb 2016 10:00:00 +0000

One.

From a@a.example Tue Feb  2 10:00:00 2016
From: a@a.example
To: c@b.example
Message-ID: <2@x>
Date: Tue, 2 Feb 2016 10:00:00 +0000

Two.
M
status 0 $epistograph read --json -c grow one.mbox
is 'two messages' 2 "$(field counted)"
printf '\nFrom a@a.example Wed Feb  3 10:00:00 2016\nFrom: a@a.example\nTo: d@b.example\nMessage-ID: <3@x>\n\nThree.\n' >>one.mbox
status 0 $epistograph read --json -c grow one.mbox
is 'a mailbox that grew has three' 3 "$(field counted)"
is 'and no duplicates of its own' 0 "$(field duplicates)"
sed -i '1,8d' one.mbox
status 0 $epistograph read --json -c grow one.mbox
is 'a mailbox that shrank has two' 2 "$(field found)"
done_testing
