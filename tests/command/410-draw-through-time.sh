#!/bin/bash
# draw pair, evolution, periods: the same in three formats, at any size, and what they refuse
. "$(dirname "$0")/charts.sh"
# The two with most mail between them.
read -r ann bob <<<"$(sqlite3 -separator ' ' case "SELECT a.address, b.address FROM
	(SELECT s.person AS x, r.person AS y FROM message m JOIN mention n ON n.message = m.id
	JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
	WHERE m.kind = 0 AND n.role = 3 AND s.person <> r.person) t
	JOIN address a ON a.id = t.x JOIN address b ON b.id = t.y
	GROUP BY min(x, y), max(x, y) ORDER BY count(*) DESC, 1 LIMIT 1")"

for chart in "pair $ann $bob" evolution periods; do
	name=${chart%% *}
	sound $name '.*messages' $chart
	sized column slide -- $name $chart
	# Ten quarters: too many for a column of such letters, unless they are taken together.
	ok "$name in a column with larger letters" \
		status 0 $epistograph draw $chart -c case --since 2014-07 --until 2016-12 --size column --theme screen -o large.svg
	exits "$name on a page too small" 2 "to 5000x5000 for " $epistograph draw $chart -c case --size 60x60 -o tiny.svg
	is 'leaves none' '' "$(ls tiny.svg 2>/dev/null)"
done

$epistograph draw periods -q -c case --edges reply -o answers.svg
ok 'periods of answers count them' grep -q '>[0-9]* people, [0-9]* answers<' answers.svg
is 'and no messages' '' "$(grep -o '>[0-9]* people, [0-9]* messages\?<' answers.svg)"

status 0 $epistograph draw pair $ann $bob -c case --edges reply -o counted.svg
ok 'answers are called so' grep -q '>answers per [a-z]*' counted.svg
is 'and not messages' '' "$(grep -o 'messages per' counted.svg)"
ok 'either way round' status 0 $epistograph draw pair $bob $ann -c case -o turned.svg
sums() { grep -o "id=\"bar-[^\"]*-$1\"[^>]*>[^<]*<title>[^<]*" $2 | grep -o ': [0-9,]* mes' | tr -dc '0-9\n' | awk '{ s += $1 } END { print s }'; }
is 'what one wrote is then below' "$(sums s1 pair.svg)" "$(sums s2 turned.svg)"
exits 'a pair of one' 3 'are the same person' $epistograph draw pair $ann $ann -c case -o x.svg
exits 'somebody who is not in the case' 3 'nobody@nowhere.example' $epistograph draw pair $ann nobody@nowhere.example -c case -o x.svg
exits 'a pair needs two' 2 'draw pair WHO WHO' $epistograph draw pair $ann -c case -o x.svg
exits 'mail of which nothing is left' 3 'no mail between' $epistograph draw pair $ann $bob -c case --until 2009-03 -o x.svg
for chart in evolution periods; do
	exits "$chart of one year" 3 'all mail is of 2016: there is nothing to compare it with; try a shorter --unit' \
		$epistograph draw $chart -c case --since 2016 --until 2016 --unit year -o x.svg
	exits "$chart of a reduced network" 2 'choose ties' $epistograph draw $chart -c case --top 5 -o x.svg
done
is 'nothing is left behind' '' "$(ls x.svg 2>/dev/null)"
done_testing
