#!/bin/bash
# Every chart as other programs draw it (SVG by librsvg, PDF by poppler) beside our PNG; the size of
# its files; and its bytes, which no worker and no day may change.
. tests/command/lib.sh

$top/$build/tests/demo/make_archive --messages 1500 --seed 3 demo >/dev/null
$epistograph read -q -c case --jobs 1 demo/mail
$epistograph read -q -c other --jobs 3 demo/mail
who=$(sqlite3 case "SELECT a.address FROM address a JOIN message m ON m.sender = a.id WHERE m.kind = 0
	GROUP BY a.id ORDER BY count(*) DESC, a.id LIMIT 1")
whom=$(sqlite3 case "SELECT r.address FROM message m JOIN address s ON s.id = m.sender
	JOIN mention n ON n.message = m.id AND n.role = 3 JOIN address r ON r.id = n.address
	WHERE s.address = '$who' AND r.address <> s.address
	GROUP BY r.id ORDER BY count(*) DESC, r.id LIMIT 1")
charts=$($epistograph help draw | sed -n '/^Charts/,/^Options/s/^  \([a-z][a-z-]*\)  .*/\1/p')
ok 'help lists charts' test -n "$charts"

persons_of() {  # persons_of CHART: whom it wants
	case $1 in
	ego) echo "$who" ;;
	pair) echo "$who $whom" ;;
	esac
}
# Fields of 4.8 pt: one letter.
differ() { "$top/$build/tests/render/compare_png" 10 "$1" "$2"; }
bytes() { stat -c %s "$1"; }

# What a reader who does not see it is told, as each format holds it.
words_of() {
	case $1 in
	*.svg) xmllint --xpath 'string(//*[local-name()="desc"])' $1 ;;
	*.png) /usr/bin/python3 "$top/tests/render/metadata.py" $1 ;;
	*.pdf) pdfinfo -enc UTF-8 $1 | sed -n 's/^Subject: *//p' ;;
	esac
}

has_tools() { command -v rsvg-convert >/dev/null && command -v pdftoppm >/dev/null; }

for chart in $charts; do
	for format in svg pdf png; do
		$epistograph draw $chart $(persons_of $chart) -q -c case -o $chart.$format --dpi 150
		ok "$chart: a small $format" [ "$(bytes $chart.$format)" -lt 1000000 ]
	done
	if ! has_tools; then
		skip "$chart looks the same in every format" 'no rsvg-convert or pdftoppm'
		continue
	fi
	for other in png pdf; do
		is "$chart: ${other^^} tells the same as SVG" "$(words_of $chart.svg)" "$(words_of $chart.$other)"
	done
	ok "and names its source" sh -c "echo '$(words_of $chart.svg | tr -d "'")' | grep -q 'Source: .* message.*epistograph'"
	rsvg-convert -d 150 -p 150 $chart.svg -b white -o $chart-svg.png
	pdftoppm -r 150 -png -singlefile $chart.pdf $chart-pdf
	for other in svg pdf; do
		worst=$(differ $chart.png $chart-$other.png)
		ok "$chart: PNG and ${other^^} show the same (apart by $worst)" [ "${worst%% *}" -le 40 ]
	done
done
if has_tools; then
	$epistograph draw matrix -q -c case --split community --size 180x220 -o another.png --dpi 150
	ok 'another drawing would be seen to differ' [ "$(differ matrix.png another.png | cut -d' ' -f1)" -gt 120 ]
fi

mkdir later
day() { if command -v faketime >/dev/null; then faketime '2031-07-04 03:02:01' "$@"; else "$@"; fi; }
for chart in $charts; do
	for format in svg pdf png; do
		day $epistograph draw $chart $(persons_of $chart) -q -c other -o later/$chart.$format --dpi 150
		ok "$chart: the same $format by three workers, on another day" cmp $chart.$format later/$chart.$format
	done
done
done_testing
