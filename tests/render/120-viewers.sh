#!/bin/bash
# Every chart's SVG as Chromium, Inkscape and librsvg show it: the same, also of names that nobody
# would draw; and nothing in a name is anything but letters to them.
. "$(dirname "$0")/../command/lib.sh"

scale=1.5               # pixels of a viewer for one of CSS, 96 an inch
columns=6
field=9                 # 4.5 pt: one letter of the smallest texts
limit=60                # of 255; a text that is 1.5 pt off gives more. Usual are 25; Chromium has
                        # other blanks in Arabic, so that a long name ends 1 pt elsewhere

# What the charts are drawn from.
$top/$build/tests/demo/make_archive --messages 1500 --seed 3 demo >/dev/null
$epistograph read -q -c demo.case demo/mail
mkdir names
/usr/bin/python3 "$top/tests/render/odd_names.py" names/mail.mbox --with-glyphs
$epistograph read -q -c names.case names
export HOME=$work       # of the viewers' settings

persons_of() {  # persons_of CASE CHART: whom it wants, the two who have the most mail with each other
	local many=0
	case $2 in ego) many=1 ;; pair) many=2 ;; esac
	sqlite3 $1 "SELECT min(s.address), min(r.address) FROM message m JOIN address s ON s.id = m.sender
		JOIN mention n ON n.message = m.id AND n.role = 3 JOIN address r ON r.id = n.address
		WHERE m.kind = 0 AND s.person <> r.person
		GROUP BY s.person, r.person ORDER BY count(*) DESC, s.person, r.person LIMIT 1" |
		tr '|' '\n' | head -$many
}
charts=$($epistograph help draw | sed -n '/^Charts/,/^Options/s/^  \([a-z][a-z-]*\)  .*/\1/p')
pictures=
for chart in $charts; do
	$epistograph draw $chart $(persons_of demo.case $chart) -q -c demo.case -o demo-$chart.svg
	$epistograph draw $chart $(persons_of names.case $chart) -q -c names.case --theme dark --data -o names-$chart.svg \
		--title $'Mail of \u202egnitirw </text><script>alert(1)</script>'
	pictures="$pictures demo-$chart names-$chart"
done
ok 'every chart is drawn' ls $(printf '%s.svg ' $pictures)

# The same drawing with something out of place, which must be seen.
broken='moved smaller recolored turned bare'
sed 's/<text x="\([0-9]*\)/<text x="1\1/' demo-timeline.svg >moved.svg
sed 's/font-size="8.5"/font-size="8"/' demo-timeline.svg >smaller.svg
sed 's/fill="#3b64ba"/fill="#a262a0"/' demo-timeline.svg >recolored.svg
sed 's/ direction="rtl" unicode-bidi="embed"//' names-matrix.svg >turned.svg
sed 's/ paint-order="stroke"//' demo-network.svg >bare.svg

ok 'no name is markup' sh -c '! grep -l "<script\|<!--" *.svg'
ok 'nor turns a line round' sh -c '! grep -lP "[\x{202A}-\x{202E}\x{2066}\x{2067}]" *.svg'
ok 'nor holds what XML may not' xmllint --noout *.svg
for chart in $charts; do
	is "names-$chart: words and numbers beside it are its own" '' \
		"$(/usr/bin/python3 "$top/tests/render/check_data.py" names-$chart.svg 2>&1 | grep -v '^[a-z]*=')"
done

# Pixels of the sheet that the largest needs, and a few.
slot=$(sed -n 's/^<svg .* width="\([0-9.]*\)pt" height="\([0-9.]*\)pt".*/\1 \2/p' *.svg | awk -v s=$scale '
	$1 > w { w = $1 } $2 > h { h = $2 } END { printf "%dx%d", w * s * 4 / 3 + 9, h * s * 4 / 3 + 9 }')
sheet_place() { echo $(($1 % columns * ${slot%x*})),$(($1 / columns * ${slot#*x})); }

# chromium_sheet PICTURE...: sheet.png, a picture a slot. One start of the browser for all.
chromium_sheet() {
	local n=0 at
	echo '<!DOCTYPE html><meta charset="utf-8"><style>img { position: absolute }</style>' >sheet.html
	for picture; do
		at=$(sheet_place $n)
		n=$((n + 1))
		awk -v at=$at -v scale=$scale -v file=$picture.svg 'BEGIN { split(at, p, ",")
			printf "<img src=\"%s\" style=\"left:%.4fpx;top:%.4fpx\">\n", file, p[1] / scale, p[2] / scale }' >>sheet.html
	done
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
		--user-data-dir="$work/chromium" --force-device-scale-factor=$scale \
		--window-size=$(awk -v s=$slot -v c=$columns -v n=$# -v f=$scale 'BEGIN { split(s, p, "x")
			printf "%d,%d", p[1] * c / f, p[2] * int((n + c - 1) / c) / f }') \
		--screenshot="$work/sheet.png" "file://$work/sheet.html"
}
inkscape_all() {
	for picture; do
		echo "file-open:$picture.svg; export-filename:$picture-inkscape.png; export-dpi:$dpi; export-background:white; export-do; file-close"
	done | timeout 120 inkscape --shell
}
differ() { "$top/$build/tests/render/compare_png" $field "$1" "$2"; }
same() { [ "${1%% *}" -le $limit ]; }

if ! command -v rsvg-convert >/dev/null; then
	skip 'every SVG looks the same in other viewers' 'no rsvg-convert'
	done_testing
	exit
fi
dpi=$(awk "BEGIN { print 96 * $scale }")
for picture in $pictures $broken; do
	rsvg-convert -d $dpi -p $dpi $picture.svg -b white -o $picture-rsvg.png
done
if command -v chromium >/dev/null; then
	ok 'Chromium opens all' chromium_sheet $pictures $broken
	n=0
	for picture in $pictures; do
		worst=$(differ $picture-rsvg.png sheet.png@$(sheet_place $n))
		n=$((n + 1))
		ok "$picture: the same in Chromium and librsvg ($worst)" same "$worst"
	done
	for picture in $broken; do
		case $picture in
		turned) whole=names-matrix ;;
		bare) whole=demo-network ;;
		*) whole=demo-timeline ;;
		esac
		worst=$(differ $whole-rsvg.png sheet.png@$(sheet_place $n))
		n=$((n + 1))
		ok "one that is $picture is seen to differ ($worst)" sh -c "! [ ${worst%% *} -le $limit ]"
	done
else
	skip 'every SVG looks the same in Chromium' 'no chromium'
fi
if command -v inkscape >/dev/null; then
	ok 'Inkscape opens all' inkscape_all $pictures
	for picture in $pictures; do
		worst=$(differ $picture-rsvg.png $picture-inkscape.png)
		ok "$picture: the same in Inkscape and librsvg ($worst)" same "$worst"
	done
else
	skip 'every SVG looks the same in Inkscape' 'no inkscape'
fi
done_testing
