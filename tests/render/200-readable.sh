#!/bin/bash
# Every chart in every size and theme: no text meets another, leaves the page or is too small
. "$(dirname "$0")/../command/lib.sh"

overlaps=$top/$build/tests/render/overlaps
$top/$build/tests/demo/make_archive --messages 2500 --seed 1 demo >/dev/null
$epistograph read -q -c demo.case demo/mail

mkdir names
/usr/bin/python3 "$top/tests/render/odd_names.py" names/mail.mbox
$epistograph read -q -c names.case names

# The charts there are, by their own list. "pair" and the like take the two busiest.
charts=$($epistograph help draw | sed -n '/^Charts/,/^Options/s/^  \([a-z][a-z-]*\)  .*/\1/p')
ok 'help lists charts' test -n "$charts"
busiest_of() {  # busiest_of CASE: who sent most, and whom they wrote to most
	local who="SELECT s.person FROM message m JOIN address s ON s.id = m.sender WHERE m.kind = 0
		GROUP BY s.person ORDER BY count(*) DESC, s.person LIMIT 1"
	sqlite3 $1 "SELECT s.address FROM message m JOIN address s ON s.id = m.sender WHERE m.kind = 0
		AND s.person = ($who) LIMIT 1;
		SELECT r.address FROM message m JOIN address s ON s.id = m.sender
		JOIN mention n ON n.message = m.id AND n.role = 3 JOIN address r ON r.id = n.address
		WHERE s.person = ($who) AND r.person <> s.person
		GROUP BY r.person ORDER BY count(*) DESC, r.person LIMIT 1"
}
draw_all() {    # draw_all CASE OPTION...: what was drawn, one SVG a chart
	local case=$1 chart who
	shift
	rm -f drawn/*; mkdir -p drawn
	for chart in $charts; do
		for who in 0 1 2; do
			$epistograph draw $chart "${busiest[@]:0:who}" -q -c $case -o drawn/$chart.svg "$@" 2>$chart.err && break
		done
		[ -e drawn/$chart.svg ] || { echo "$chart: $(cat $chart.err)"; }
	done
}
for case in demo.case names.case; do
	mapfile -t busiest < <(busiest_of $case)
	is "$case has two who write to each other" 2 ${#busiest[@]}
	for options in '--size page' '--size column' '--theme screen' '--size slide --theme grey' '--size 300x200 --font=DejaVu_Serif'; do
		words=($options)
		is "$case $options: every chart has room" '' "$(draw_all $case "${words[@]//_/ }")"
		ok "$case $options: every text can be read" $overlaps --dots 0 -v drawn/*.svg
	done
done
done_testing
