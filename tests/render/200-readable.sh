#!/bin/bash
# Every chart in every size and theme: no text meets another, leaves the page or is too small
. "$(dirname "$0")/../command/lib.sh"

overlaps=$top/$build/tests/render/overlaps
$top/$build/tests/demo/make_archive --messages 2500 --seed 1 demo >/dev/null
$epistograph read -q -c demo.case demo/mail

# Names as nobody would draw them: of 80 characters, in other scripts, of one word, none.
/usr/bin/python3 - <<'P'
import mailbox, os
from email.header import Header
from email.message import Message
names = ['Maximiliana Wolfeschlegelsteinhausenbergerdorff-Montgomery-Featherstonehaugh IV',
         'محمد بن عبد الله العربي الطويل الاسم', '田中 太郎左衛門', '👩‍👩‍👧‍👦 Équipe 🎉🎉🎉', 'Ivo', '', 'W' * 60,
         'i' * 80, 'Дмитрий Александрович Константинопольский-Задунайский', 'שרה לוי־כהן',
         'ผู้ดูแลระบบ จดหมายเวียน', 'Ana [office] <2nd floor> "x"', 'Łukasz & Søren', '김철수', 'O', 'a\u0301e\u0301i\u0301' * 12]
people = [(n, f'person{i}@{"a-domain-of-quite-some-length." if i % 3 == 0 else ""}org{i % 4}.example')
          for i, n in enumerate(names + [f'Member {k}' for k in range(60)])]
os.makedirs('names')
box = mailbox.mbox('names/mail.mbox')
n = 0
for i, (name, address) in enumerate(people):
    for k in (1, 2, 3, 5, 8, 13):
        # Within a group of sixteen, and now and then across.
        j = (i // 16 * 16 + (i + k) % 16) % len(people) if k < 8 else (i * 7 + k) % len(people)
        if i == j:
            continue
        for times in range(1 + (i * k) % 4):
            n += 1
            message = Message()
            for header, (who, where) in (('From', people[i]), ('To', people[j])):
                message[header] = f'{Header(who, "utf-8").encode()} <{where}>' if who else where
            message['Date'] = f'{1 + n % 28} {"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[n % 12]} {2010 + n % 5} 10:{n % 60:02}:00 +0000'
            message['Message-ID'] = f'<{n}@names.example>'
            message['Subject'] = f'{n}'
            message.set_payload('.\n')
            box.add(message)
box.close()
P
$epistograph read -q -c names.case names

# The charts there are, by their own list. "pair" and the like take the two busiest.
charts=$($epistograph help draw | sed -n '/^Charts/,/^Options/s/^  \([a-z][a-z-]*\)  .*/\1/p')
ok 'help lists charts' test -n "$charts"
persons_of() {  # persons_of CASE N
	sqlite3 $1 "SELECT r.address FROM message m JOIN address s ON s.id = m.sender
		JOIN mention n ON n.message = m.id AND n.role = 3 JOIN address r ON r.id = n.address
		WHERE s.person = (SELECT s.person FROM message m JOIN address s ON s.id = m.sender WHERE m.kind = 0
			GROUP BY s.person ORDER BY count(*) DESC, s.person LIMIT 1)
		AND r.person <> s.person GROUP BY r.person ORDER BY count(*) DESC, r.person LIMIT 1" >second
	sqlite3 $1 "SELECT s.address FROM message m JOIN address s ON s.id = m.sender WHERE m.kind = 0
		GROUP BY s.person ORDER BY count(*) DESC, s.person LIMIT 1" | cat - second | head -$2 | tr '\n' ' '
}
draw_all() {    # draw_all CASE OPTION...: what was drawn, one SVG a chart
	local case=$1 chart who
	shift
	rm -f drawn/*; mkdir -p drawn
	for chart in $charts; do
		for who in 0 1 2; do
			$epistograph draw $chart $(persons_of $case $who) -q -c $case -o drawn/$chart.svg "$@" 2>$chart.err && break
		done
		[ -e drawn/$chart.svg ] || { echo "$chart: $(cat $chart.err)"; }
	done
}
for case in demo.case names.case; do
	for options in '--size page' '--size column' '--theme screen' '--size slide --theme grey' '--size 300x200 --font=DejaVu_Serif'; do
		words=($options)
		is "$case $options: every chart has room" '' "$(draw_all $case "${words[@]//_/ }")"
		ok "$case $options: every text can be read" $overlaps --dots 0 -v drawn/*.svg
	done
done
done_testing
