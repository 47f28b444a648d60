#!/bin/bash
# The charts of ties as other programs draw them: SVG by librsvg, PDF by poppler, our PNG.
. tests/command/lib.sh

if ! command -v rsvg-convert >/dev/null || ! command -v pdftoppm >/dev/null; then
	skip 'charts look the same in every format' 'no rsvg-convert or pdftoppm'
	done_testing
	exit
fi
$top/$build/tests/demo/make_archive --messages 1500 --seed 3 demo >/dev/null
$epistograph read -q -c case demo/mail
who=$(sqlite3 case "SELECT a.address FROM address a JOIN message m ON m.sender = a.id WHERE m.kind = 0
	GROUP BY a.id ORDER BY count(*) DESC, a.id LIMIT 1")

differ() { /usr/bin/python3 "$top/tests/render/compare_png.py" "$1" "$2"; }

for chart in matrix "ego $who" flow; do
	name=${chart%% *}
	for format in svg pdf png; do $epistograph draw $chart -c case -o $name.$format --dpi 75; done
	rsvg-convert -d 75 -p 75 $name.svg -b white -o $name-svg.png
	pdftoppm -r 75 -png -singlefile $name.pdf $name-pdf
	for other in svg pdf; do
		worst=$(differ $name.png $name-$other.png)
		ok "$name: PNG and ${other^^} show the same (largest difference $worst of 255)" [ "$worst" -le 60 ]
	done
done
$epistograph draw matrix -c case --split community --size 180x220 -o other.png --dpi 75
ok 'another drawing would be seen to differ' [ "$(differ matrix.png other.png)" -gt 120 ]
done_testing
