#!/bin/bash
# draw matrix: charts of ties beside the network
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive --messages 1500 --seed 3 demo >/dev/null
$epistograph read -q -c case demo/mail

# Each in three formats, the same twice, well-formed, with words for who cannot see it.
charts() {      # charts NAME DESCRIPTION ARGUMENTS...
	local name=$1 words=$2
	shift 2
	for format in svg png pdf; do
		ok "$name as $format" status 0 $epistograph draw "$@" -c case -o $name.$format
		status 0 $epistograph draw "$@" -c case -o again.$format
		ok "$name as $format is the same twice" cmp $name.$format again.$format
	done
	ok "$name.svg is well-formed" xmllint --noout $name.svg
	is "$name.svg has unique ids" '' "$(grep -o ' id="[^"]*"' $name.svg | sort | uniq -d)"
	ok "$name.svg says it in words" grep -q "<desc>$words" $name.svg
	for size in column slide 300x300; do
		ok "$name on a $size" status 0 $epistograph draw "$@" -c case --size $size -o sized.svg
	done
	ok "$name without colour" status 0 $epistograph draw "$@" -c case --theme grey -o grey.svg
	ok "$name says how much mail is in it" \
		sh -c "pdftotext $name.pdf - | tr '\n' ' ' | grep -q 'Source: .* in this figure.*Not in it: '"
}

charts matrix 'Matrix, from rows to columns' matrix
charts communities 'Matrix, from rows to columns' matrix --split community

# The source line counts messages, the cells receipts: those between people in the matrix.
$epistograph draw matrix -c case --labels 12 -o twelve.svg
is 'as many people as are asked for' 12 "$(grep -c 'id="name-' twelve.svg)"
$epistograph export json -q -c case -o graph.json
people=$(/usr/bin/python3 -c "
import json
print(','.join(\"'%s'\" % n['address'] for n in json.load(open('graph.json'))['nodes'] if n['rank'] <= 12))")
among=$(sqlite3 case "SELECT count(DISTINCT m.id) FROM message m JOIN mention n ON n.message = m.id
	JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
	WHERE n.role IN (3, 4, 5) AND m.kind IN (0, 1) AND s.person <> r.person
	AND s.person IN (SELECT person FROM address WHERE address IN ($people))
	AND r.person IN (SELECT person FROM address WHERE address IN ($people))
	AND m.id NOT IN (SELECT message FROM mention WHERE role IN (3, 4, 5) GROUP BY message
		HAVING count(DISTINCT address) > 100)")
tr '\n' ' ' <twelve.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' >words
ok "the source counts the $among messages among them" grep -q "; $among in this figure" words

ok 'more people than can be read' status 0 $epistograph draw matrix -c case --labels 81 -o many.svg
ok 'are their communities, and it is said' grep -q '81 people are too many rows: their' many.svg
exits 'people for which the page is too small' 3 'no room for a matrix of 70 rows' $epistograph draw matrix -c case --labels 70 --size column -o many.png
is 'leave no file' '' "$(ls many.png 2>/dev/null)"
exits 'a split that is none of a matrix' 2 'split of a matrix is community' $epistograph draw matrix -c case --split kind -o m.svg
# Of the highest ranked those with ties among them.
$epistograph export json -q -c case --top 9 -o few.json
few=$(/usr/bin/python3 -c "import json; print(len(json.load(open('few.json'))['nodes']))")
ok 'a few people' status 0 $epistograph draw matrix -c case --top 9 -o few.svg
is 'are all in it' "$few" "$(grep -c 'id="name-' few.svg)"
ok 'and it is said' grep -q "Who wrote to whom: $few people" few.svg
exits 'no ties' 3 'no ties are left' $epistograph draw matrix -c case --since 2030 -o none.svg
done_testing
