#!/bin/bash
# One command does it all, and does it the same way every time
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive --messages 2000 --seed 1 demo >/dev/null
ok 'one command' status 0 $epistograph -o output demo/mail
for file in case.epistograph network.png network.svg network.pdf timeline.png timeline.svg timeline.pdf \
	lifelines.png lifelines.svg lifelines.pdf people.csv people.txt graph.graphml graph.gexf graph.json graph-nodes.csv graph-edges.csv \
	files.csv rejected.csv findings.csv duplicates.csv missing.csv; do
	ok "writes $file" test -s output/$file
done
$epistograph -o other demo/mail >summary 2>&1
ok 'the summary has the account' grep -q '= found' summary
ok 'the years' grep -qE '^ +2016 ' summary
ok 'the communities' grep -q 'Communities (modularity 0' summary
ok 'and the key correspondents' grep -q 'Key correspondents' summary

# The same mail, its files made in another order, read by another number of workers.
mkdir shuffled
(cd demo && find mail -type d | sort | while read -r d; do mkdir -p "../shuffled/$d"; done
 find mail ! -type d | sort -R --random-source=/dev/zero | while read -r f; do cp -a "$f" "../shuffled/$f"; done)
mv demo original && mv shuffled demo
$epistograph --jobs 5 -o again demo/mail >/dev/null 2>&1
for file in network.png network.svg network.pdf timeline.png timeline.svg timeline.pdf lifelines.png lifelines.svg \
	lifelines.pdf people.csv \
	graph.graphml graph.gexf graph.json graph-nodes.csv graph-edges.csv files.csv findings.csv duplicates.csv \
	missing.csv; do
	ok "$file is the same from shuffled files and five workers" cmp output/$file again/$file
done
sqlite3 output/case.epistograph .dump >a.sql
sqlite3 again/case.epistograph .dump >b.sql
ok 'the case file has the same content' cmp a.sql b.sql

# Mail read in two goes, in the other order: the same figures.
set -- original/mail/*
mv original demo2
(cd demo2 && for part in $(ls mail | sort -r); do $epistograph read -q -c ../parts "mail/$part" 2>/dev/null; done
 $epistograph read -q -c ../whole mail)
for by in people "export graphml" "export json"; do
	$epistograph $by -c whole >1.txt 2>/dev/null
	$epistograph $by -c parts >2.txt 2>/dev/null
	ok "$by does not depend on the order of reading" cmp 1.txt 2.txt
done
exits 'nothing but newsletters is said' 0 'no ties are left' sh -c "mkdir n; printf 'From: a@a.example\nTo: b@b.example\nPrecedence: bulk\nList-Unsubscribe: <x>\n\nx\n' >n/1.eml; $epistograph -o n-out n"
done_testing
