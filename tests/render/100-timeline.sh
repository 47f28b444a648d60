#!/bin/sh
# The sample timelines, as other programs see them. TAP; run from the top folder
# after `make tools`. Needs xmllint, rsvg-convert, pdftotext, pdffonts, pdftoppm;
# a check whose tool is missing is skipped.
set -u
samples=${BUILD:-build}/tests/render/draw_samples
first=$(mktemp -d) second=$(mktemp -d)
trap 'rm -rf "$first" "$second"' EXIT
number=0

report() {      # report STATUS FACT [TOOL: skipped if missing]
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
	fi
}

has() {
	command -v "$1" >/dev/null 2>&1 || { echo "# no $1: skipped"; return 1; }
}

"$samples" "$first"
report $? "every sample is drawn in every format"
"$samples" "$second" && diff -r "$first" "$second"
report $? "drawn twice, all files are the same bytes"

if has xmllint; then
	xmllint --nonet --noout "$first"/*.svg
	report $? "every SVG is well-formed XML"
fi

bad=0
for svg in "$first"/*.svg; do
	grep -q '<script\|href' "$svg" && bad=1
	LC_ALL=C tr -d '\t\n' <"$svg" | LC_ALL=C grep -q '[[:cntrl:]]' && bad=1
done
report $bad "no SVG holds a script, a link or a control character"

if has pdftotext; then
	pdftotext -layout "$first/eight-years.pdf" - | grep -q "The campaign's mail doubled"
	report $? "the text of a PDF can be searched"
fi
if has pdffonts; then
	bad=0
	for pdf in "$first"/*.pdf; do
		pdffonts "$pdf" | awk 'NR > 2 && $(NF-4) != "yes" { exit 1 }' || bad=1
	done
	report $bad "every font is embedded in its PDF"
fi

differ() { "${BUILD:-build}/tests/render/compare_png" 10 "$1" "$2"; }

if has rsvg-convert && has pdftoppm; then
	for name in one-year kinds communities; do
		rsvg-convert -d 150 -p 150 "$first/$name.svg" -b white -o "$second/svg.png"
		pdftoppm -r 150 -png -singlefile "$first/$name.pdf" "$second/pdf"
		pdftoppm -r 150 -png -singlefile "$first/nothing.pdf" "$second/other"
		worst=$(differ "$second/svg.png" "$second/pdf.png")
		[ "${worst%% *}" -le 40 ]
		report $? "$name: SVG and PDF show the same (apart by $worst)"
	done
	[ "$(differ "$second/pdf.png" "$second/other.png" | cut -d' ' -f1)" -gt 120 ]
	report $? "another drawing would be seen to differ"
fi
echo "1..$number"
