#!/bin/bash
# draw matrix, ego and flow: charts of ties beside the network
. "$(dirname "$0")/charts.sh"

charts() {      # charts NAME DESCRIPTION ARGUMENTS...
	local name=$1 words=$2
	shift 2
	sound $name "$words" "$@"
	sized column slide 300x300 -- $name "$@"
	ok "$name says how much mail is in it" \
		sh -c "pdftotext $name.pdf - | tr '\n' ' ' | grep -q 'Source: .* in this figure.*Not in it: '"
}

charts matrix 'Matrix, from rows to columns' matrix
charts communities 'Matrix, from rows to columns' matrix --split community

first=$(sqlite3 case "SELECT a.address FROM address a JOIN message m ON m.sender = a.id WHERE m.kind = 0
	GROUP BY a.id ORDER BY count(*) DESC, a.id LIMIT 1")
charts flow 'Streams of mail between communities' flow
charts ego '.* and correspondents\.' ego "$first"

# Beside each its numbers: their sums are those of the network, of the ego its own.
$epistograph export csv -q -c case -o graph.csv
receipts=$(/usr/bin/python3 -c "
import csv, glob
print(sum(int(row['messages']) for row in csv.DictReader(open(glob.glob('graph*edges*.csv')[0], encoding='utf-8'))))")
people=$(/usr/bin/python3 -c "
import csv, glob
print(len(list(csv.DictReader(open(glob.glob('graph*nodes*.csv')[0], encoding='utf-8')))))")
for chart in 'matrix' 'matrix --split community' 'flow'; do
	status 0 $epistograph draw $chart -c case --data -o data.svg
	is "$chart has a row for each mark" '' "$(check data.svg)"
	is 'whose messages add up to all ties' "$receipts" "$(sum_of messages)"
	is 'and whose people to all people' "$people" "$(sum_of people)"
done
for size in page column; do
	status 0 $epistograph draw ego "$first" -c case --size $size --data -o data.svg
	is "an ego on a $size has a row for each mark" '' "$(check data.svg)"
	is 'whose messages add up to all of its ties' "$(/usr/bin/python3 -c "
import csv, glob, sys
print(sum(int(r['messages']) for r in csv.DictReader(open(glob.glob('graph*edges*.csv')[0], encoding='utf-8'))
	if '$first' in r.values()))")" "$(sum_of messages)"
done

# 300 of 301 are not all of them.
mkdir -p nearly
for i in $(seq 1 300); do
	mail nearly/$i 'a@x.example' 'b@x.example' s \
		"$((i % 28 + 1)) Jul 2001 $((10 + i / 60)):$((10 + i % 50)):00 +0000"
done
mail nearly/301 'c@x.example' 'd@x.example' s '3 Jul 2001 10:00:00 +0000'
$epistograph read -q -c nearly.case nearly
$epistograph draw matrix -q -c nearly.case --labels 2 -o nearly.svg
ok 'nearly all messages are not all' sh -c "tr '\n' ' ' <nearly.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' | grep -q '300 of 301 messages (over 99.%)'"

# The source line counts messages, the cells receipts: those between people in the matrix.
$epistograph draw matrix -c case --labels 12 -o twelve.svg
is 'as many people as are asked for' 12 "$(grep -c 'id="name-' twelve.svg)"
$epistograph export json -q -c case -o graph.json
people=$(/usr/bin/python3 -c "
import json
print(','.join(\"'%s'\" % n['address'] for n in json.load(open('graph.json'))['nodes'] if n['rank'] <= 12))")
among=$(sqlite3 case "SELECT count(DISTINCT m.id) FROM message m JOIN mention n ON n.message = m.id
	JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
	WHERE n.role IN (3, 4, 5) AND m.kind IN (0, 1) AND m.original IS NULL AND s.person <> r.person
	AND s.person IN (SELECT person FROM address WHERE address IN ($people))
	AND r.person IN (SELECT person FROM address WHERE address IN ($people))
	AND m.id NOT IN (SELECT message FROM mention WHERE role IN (3, 4, 5) GROUP BY message
		HAVING count(DISTINCT address) > 100)")
tr '\n' ' ' <twelve.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' >words
ok "the source counts the $among messages among them" grep -q "; $among in this figure" words

ok 'more people than can be named' status 0 $epistograph draw matrix -c case --labels 110 -o many.svg
is 'are shades, each a mark' 110 "$(grep -c 'id="name-' many.svg)"
ok 'more people than make rows' status 0 $epistograph draw matrix -c case --labels 401 -o many.svg
ok 'are their communities, and it is said' grep -q '401 people are too many rows: their' many.svg
exits 'people for which the page is too small' 3 'no room for a matrix of 1[0-9]* rows' $epistograph draw matrix -c case --labels 400 --size 80x90 -o many.png
is 'leave no file' '' "$(ls many.png 2>/dev/null)"
ok 'rows in another order' status 0 $epistograph draw matrix -c case --order ties -o ties.svg
ok 'say so' grep -q 'in it by ties' ties.svg
$epistograph draw matrix -c case --order strength -o strength.svg
$epistograph draw matrix -c case -o usual.svg
ok 'strength is the usual one' cmp strength.svg usual.svg
exits 'an order that is none' 2 'order of a matrix is strength or ties' $epistograph draw matrix -c case --order name -o m.svg
exits 'an order of communities' 2 'order is of people' $epistograph draw matrix -c case --split community --order ties -o m.svg
exits 'an order of a flow' 2 'order belongs to matrix, not to flow' $epistograph draw flow -c case --order ties -o m.svg
exits 'a split that is none of a matrix' 2 'split of a matrix is community' $epistograph draw matrix -c case --split kind -o m.svg
# Of the highest ranked those with ties among them.
$epistograph export json -q -c case --top 9 -o few.json
few=$(/usr/bin/python3 -c "import json; print(len(json.load(open('few.json'))['nodes']))")
ok 'a few people' status 0 $epistograph draw matrix -c case --top 9 -o few.svg
is 'are all in it' "$few" "$(grep -c 'id="name-' few.svg)"
ok 'and it is said' grep -q "Who wrote to whom: $few people" few.svg
exits 'no ties' 3 'no ties are left' $epistograph draw matrix -c case --since 2030 -o none.svg

# One person: all mail with them, from a case of which all is known.
for n in 1 2 3; do mail one/to$n 'Ann <ann@a.example>' 'Bo <bo@b.example>' s "$n Jun 2016 10:00:00 +0000"; done
mail one/back 'Bo <bo@b.example>' 'Ann <ann@a.example>' s '4 Jun 2016 10:00:00 +0000'
mail one/both 'Ann <ann@a.example>' 'bo@b.example, cy@c.example' s '5 Jun 2016 10:00:00 +0000'
mail one/rest 'Cy <cy@c.example>' 'Dan <dan@d.example>' s '6 Jun 2016 10:00:00 +0000'
$epistograph read -q -c one.case one
ok 'a person by name' status 0 $epistograph draw ego -c one.case Ann -o one.svg
ok 'has both numbers at a tie' grep -q 'Bo &lt;bo@b.example&gt;: 4 messages from Ann, 1 to Ann' one.svg
is 'and whom she writes with around her' 2 "$(grep -c 'id="alter-' one.svg)"
tr '\n' ' ' <one.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' >words
ok 'one mail to two is one message and counts twice at ties' grep -q '6 messages; 5 in this figure' words
ok 'as the subtitle says' grep -q 'All 2 correspondents, 6 messages, each counted once for every' words
ok 'what has nothing to do with her is counted' grep -q '1 only on ties that are left out' words
# Of Bo and Cy only what Ann had a part in is seen: the cells between them are hatched, those of
# her row and column are not. In the demo everybody's mail is there.
for n in 1 2 3 4 5 6 7 8 9; do mail hers/$n 'Ann <ann@a.example>' "$([ $((n % 2)) = 0 ] && echo 'Bo <bo@b.example>' || echo 'Cy <cy@c.example>')" s "$n Jun 2016 10:00:00 +0000"; done
mail hers/copy 'Bo <bo@b.example>' 'Cy <cy@c.example>, ann@a.example' s '11 Jun 2016 10:00:00 +0000'
$epistograph read -q -c hers.case hers
ok 'the matrix of one mailbox' status 0 $epistograph draw matrix -c hers.case -o hers.svg
ok 'says whose it is' grep -q 'This is the mailbox of Ann' hers.svg
ok 'and that a blank between others is none in it' grep -q 'none in this mailbox' hers.svg
is 'hatched from Bo and from Cy, none in her row' 2 "$(sed -n '/id="gaps"/,/<\/g>/p' hers.svg | grep -c '<rect')"
ok 'where all mail is here no cell is' sh -c '! grep -q "none in th" usual.svg'

exits 'nobody' 2 'draw ego WHO' $epistograph draw ego -c one.case -o one.svg
exits 'somebody unknown' 3 'zoe@z.example' $epistograph draw ego -c one.case zoe@z.example -o two.svg
exits 'somebody without ties in the filter' 3 'no ties of Dan pass' $epistograph draw ego -c one.case Dan --until 2016-06-05 -o two.svg
is 'leaves no file' '' "$(ls two.svg 2>/dev/null)"
# A list that all write to, and nobody writes from
for i in $(seq 1 25); do
	mail list/$i "p$((i % 5))@x.example" 'trees@lists.example' s "$i Jan 2001 10:00:00 +0000"
done
$epistograph read -q -c list.case list
told() { "$@" 2>&1 >/dev/null | grep -c 'trees@lists.example gets 25 of 25 messages and sends none.*--edges reply'; }
is 'a list that would be drawn as a person is told of' 1 "$(told $epistograph draw network -c list.case -o list.svg)"
is 'and one that would be ranked' 1 "$(told $epistograph people -c list.case)"
is 'not to who wants it quiet' 0 "$(told $epistograph draw network -q -c list.case -o list.svg)"
is 'nor by a chart without ties' 0 "$(told $epistograph draw timeline -c list.case -o list.svg)"
mail list/26 'trees@lists.example' 'p1@x.example' s '26 Jan 2001 10:00:00 +0000'
$epistograph read -q -c list.case list
is 'who answers is no list' 0 "$(told $epistograph draw network -c list.case -o list.svg)"
done_testing
