#!/bin/bash
# Hostile input: everything is accounted for, nothing reaches the terminal or a file as it is.
. "$(dirname "$0")/lib.sh"

python3 "$top/tests/data/make_hostile.py" tree
timeout 120 $epistograph read --json -c case tree/mail >account.json 2>messages
status=$?
ok 'hostile input is read to the end' test $status -le 1
python3 "$top/tests/data/check_outcomes.py" tree case >outcomes
ok 'each file becomes what it should' sh -c '! grep -A1 "^not ok" outcomes && grep -q "^ok" outcomes'

# acts: holds bytes that a terminal acts on, other than newline and tab.
acts() { LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$@"; }
quiet() { ! acts "$@"; }

for list in files rejected findings duplicates; do
	$epistograph show $list -c case >shown-$list 2>>messages
done
$epistograph people -c case >shown-people 2>>messages
ok 'the account and the lists cannot act on a terminal' quiet account.json shown-*
ok 'diagnostics cannot act on a terminal' quiet messages

for format in graphml gexf json; do
	ok "$format is written" $epistograph export $format -c case -o graph.$format
done
ok 'csv is written' $epistograph export csv -c case -o graph
ok 'GraphML is well-formed' xmllint --noout graph.graphml
ok 'GEXF is well-formed' xmllint --noout graph.gexf
ok 'JSON is valid' python3 -m json.tool graph.json
ok 'no cell of the tables is a formula' python3 -c 'import csv, sys
cells = [cell for name in sys.argv[1:] for row in csv.reader(open(name, encoding="utf-8")) for cell in row]
sys.exit(any(cell[:1] in "=+@\t\r" and cell for cell in cells))' graph-nodes.csv graph-edges.csv
ok 'a chart is drawn' $epistograph draw network -c case -o network.svg
ok 'the chart is well-formed' xmllint --noout network.svg
ok 'the chart holds no script' sh -c '! grep -q "<script\|<img" network.svg'

timeout 120 $epistograph read -q -j 3 -c jobs tree/mail 2>>messages
sqlite3 case .dump >one.sql
sqlite3 jobs .dump >three.sql
ok 'three processes give the case file of one' cmp one.sql three.sql
done_testing
