#!/bin/bash
# A read that is killed anywhere is completed to the same content
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive --messages 6000 --seed 7 demo >/dev/null
$epistograph read -q -c whole demo/mail
sqlite3 whole .dump >whole.sql
ok 'there is something to compare' test -s whole.sql

killed=0 equal=0 tries=0
for delay in 0.02 0.05 0.08 0.12 0.16 0.2 0.25 0.3 0.4; do
	tries=$((tries + 1))
	rm -f case*
	timeout -s KILL $delay $epistograph read -q -c case demo/mail 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	[ ! -e case ] || [ "$(sqlite3 case 'PRAGMA integrity_check')" = ok ] || echo "# damaged after $delay s"
	$epistograph read -q -c case demo/mail
	sqlite3 case .dump >case.sql
	cmp -s whole.sql case.sql && equal=$((equal + 1))
done
ok 'some of the runs were killed' test $killed -ge 3
is 'each was completed to the same content' $tries $equal

rm -f case*
$epistograph read -q -c case demo/mail 2>err &
pid=$!
sleep 0.15
kill -INT $pid 2>/dev/null
wait $pid
interrupted=$?
ok 'an interruption is a failure, or came too late' test $interrupted -eq 3 -o $interrupted -le 1
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
