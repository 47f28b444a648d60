#!/bin/bash
# Figures of a pair, of periods and of communities through time against the case's own tables.
. tests/command/lib.sh

for seed in 1 2; do
	$top/$build/tests/demo/make_archive --seed $seed --messages 3000 --attachments 0 archive$seed
	$epistograph read -q -c case$seed archive$seed/mail
	# The two who wrote to each other most, both ways.
	pair=$(sqlite3 -separator ' ' case$seed "SELECT a.address, b.address FROM
		(SELECT s.person AS x, r.person AS y FROM message m JOIN mention n ON n.message = m.id
		JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
		WHERE m.original IS NULL AND m.kind = 0 AND n.role = 3 AND s.person <> r.person) t
		JOIN address a ON a.id = t.x JOIN address b ON b.id = t.y
		GROUP BY min(x, y), max(x, y) HAVING min(x) <> max(x) ORDER BY count(*) DESC, 1 LIMIT 1")
	ok "a pair of archive $seed" status 0 $epistograph draw pair -c case$seed $pair --unit month -o pair.svg
	ok 'is what the case has' /usr/bin/python3 "$top/tests/oracle/through_time.py" pair case$seed pair.svg $pair
	for chart in evolution periods; do
		ok "$chart of archive $seed" status 0 $epistograph draw $chart -c case$seed --unit year -o $chart.svg
		ok 'are what the case has' /usr/bin/python3 "$top/tests/oracle/through_time.py" $chart case$seed $chart.svg
	done
done
done_testing
