#!/bin/bash
# draw --data: the numbers and the words beside a figure are those of its marks
. "$(dirname "$0")/charts.sh"

# Messages to a recipient of another name, as the network counts them without limits.
receipts=$(sqlite3 case "SELECT count(DISTINCT m.id || ' ' || r.person)
	FROM message m JOIN mention n ON n.message = m.id AND n.role IN (3, 4, 5)
	JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
	WHERE m.original IS NULL AND m.kind IN (0, 1) AND s.person <> r.person")
people=$(sqlite3 case "SELECT count(*) FROM (SELECT s.person FROM message m
	JOIN mention n ON n.message = m.id AND n.role IN (3, 4, 5)
	JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
	WHERE m.original IS NULL AND m.kind IN (0, 1) AND s.person <> r.person UNION SELECT r.person FROM message m
	JOIN mention n ON n.message = m.id AND n.role IN (3, 4, 5)
	JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
	WHERE m.original IS NULL AND m.kind IN (0, 1) AND s.person <> r.person)")
ok 'a network with its numbers' status 0 $epistograph draw network -c case --max-recipients 0 --data -o network.svg
is 'has a row for each mark, as its tooltip says' '' "$(check network.svg)"
is 'whose messages add up to those of the case' "$receipts" "$(sum_of messages)"
is 'and whose people to those who wrote' "$people" "$(sum_of people)"
ok 'a small network, all of it drawn' status 0 $epistograph draw network -c case --top 30 --data -o flat.svg
is 'has its rows too' '' "$(check flat.svg)"
is 'of the people asked for' 30 "$(sum_of people)"

dated=$(sqlite3 case 'SELECT count(*) FROM message WHERE original IS NULL AND instant IS NOT NULL AND date_verdict <> 3')
all=$(sqlite3 case 'SELECT count(*) FROM message WHERE original IS NULL')
for split in '' '--split kind' '--split community --kind all --max-recipients 0'; do
	status 0 $epistograph draw timeline -c case $split --data --event '2016-06-12=Premier tour' -o timeline.svg
	is "a timeline $split has a row for each mark" '' "$(check timeline.svg)"
	is 'whose messages add up to the dated ones' "$dated" "$(sum_of drawn)"
	is 'and with those counted beside it to all' "$all" "$(sum_of messages)"
done
ok 'an event is a row with its text' grep -q '^event-1.*,event,2016-06-12,2016-06-12,Premier tour,' timeline.csv

first=$(sqlite3 case "SELECT a.address FROM address a JOIN message m ON m.sender = a.id WHERE m.kind = 0
	GROUP BY a.person ORDER BY count(*) DESC, a.address LIMIT 1")
second=$(sqlite3 case "SELECT r.address FROM message m JOIN address s ON s.id = m.sender
	JOIN mention n ON n.message = m.id AND n.role = 3 JOIN address r ON r.id = n.address
	WHERE s.address = '$first' GROUP BY r.person ORDER BY count(*) DESC, r.address LIMIT 1")
for chart in "pair $first $second" evolution periods; do
	name=${chart%% *}
	ok "$name with its numbers" status 0 $epistograph draw $chart -c case --data -o $name.svg
	is 'has a row for each mark' '' "$(check $name.svg | grep -v =)"
done

# The same words in every format.
for chart in network timeline; do
	for format in svg png pdf; do status 0 $epistograph draw $chart -c case --data -o words.$format; cp words.txt $format.txt; done
	ok "$chart: the words are the same beside every format" sh -c 'cmp svg.txt png.txt && cmp svg.txt pdf.txt'
	sed 1,2d words.txt >description
	/usr/bin/python3 "$top/tests/render/metadata.py" words.png >png.words
	ok "$chart: and in the metadata of the PNG" cmp description png.words
	pdfinfo -enc UTF-8 words.pdf | sed -n 's/^Subject: *//p' >pdf.words
	ok "$chart: and of the PDF" cmp description pdf.words
done

if command -v faketime >/dev/null; then
	for format in svg png pdf; do
		status 0 $epistograph draw network -c case --data -o today.$format
		faketime '2031-02-03 04:05:06' $epistograph draw network -c case --data -o then.$format
		ok "a $format is the same on any day" cmp today.$format then.$format
	done
	ok 'and so are its numbers' sh -c 'cmp today.csv then.csv && cmp today.json then.json'
fi
exits 'numbers need a place' 2 'needs a file' $epistograph draw timeline -c case --format svg --data -o -
mkdir dir dir/numbers.csv
exits 'where they cannot be written' 3 'numbers.csv' $epistograph draw timeline -c case --data -o dir/numbers.svg
is 'there is no figure either' '' "$(ls dir/numbers.svg dir/numbers.json 2>/dev/null)"
rmdir dir/numbers.csv; mkdir dir/numbers.json
exits 'nor as JSON' 3 'numbers.json' $epistograph draw timeline -c case --data -o dir/numbers.svg
# One of a kind is told as one, a number beside a name from the right is read from the left.
mail one/a.eml '"=?utf-8?q?=D7=A9=D7=A8=D7=94_12?=" <sara@a.example>' 'Bo Chen <bo@b.example>' Hello 'Mon, 4 Jan 2016 10:00:00 +0100'
mail one/b.eml 'Bo Chen <bo@b.example>' 'sara@a.example' 'Re: Hello' 'Mon, 4 Jan 2016 12:00:00 +0100' \
	'In-Reply-To: <one.a.eml@test.example>'
status 0 $epistograph read -q -c one.case one
for chart in network timeline matrix 'ego bo@b.example' flow lifelines rhythm calendar 'pair sara@a.example bo@b.example'; do
	status 0 $epistograph draw $chart -c one.case --data -o one-${chart%% *}.svg
	is "${chart%% *} of two messages has a row for each mark" '' "$(check one-${chart%% *}.svg)"
done
is 'no chart says "1 messages"' '' "$(grep -hoE '\b1 (messages|people|answers|correspondents|communities|tied pairs|days)' one-*.svg one-*.txt)"
is 'the delay of an answer is told' 'Bo Chen answered 1 message, within 2 hours.' "$(grep -o 'Bo Chen answered[^.]*\.' one-pair.txt)"
ok 'a title that begins with Hebrew reads from the left' grep -q '<title id="figure-title">‎שרה 12‎ and Bo Chen: 2 messages' one-pair.svg
is 'so does all that is drawn, but a name by itself' 0 "$(grep 'direction="rtl"' one-*.svg | grep -vc '>שרה 12<')"
# What is read is not written over.
printf '2016-06-12,Vote\n' >vote.csv
exits 'a file of events is not replaced' 2 'would replace ./vote.csv, which is read' \
	$epistograph draw timeline -c case --events ./vote.csv --data -o vote.svg
is 'and is as it was' '2016-06-12,Vote' "$(cat vote.csv)"

done_testing
