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

# Where ink is, by rows and columns of a coarse grid: the three formats agree
# though their rasterisers differ.
coarse() {      # coarse PNG -> 60 x 34 grey values
	python3 - "$1" <<'PY'
import struct, sys, zlib
def read(path):
    data = open(path, 'rb').read(); at = 8; idat = b''
    while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + size]; at += 12 + size
        if kind == b'IHDR': width, height, depth, colour = struct.unpack('>IIBB', body[:10])
        if kind == b'IDAT': idat += body
    step = {2: 3, 6: 4, 0: 1, 4: 2}[colour]; raw = zlib.decompress(idat); rows = []
    before = bytearray(width * step); at = 0
    for y in range(height):
        kind = raw[at]; row = bytearray(raw[at + 1:at + 1 + width * step]); at += 1 + width * step
        for i in range(len(row)):
            a = row[i - step] if i >= step else 0; b = before[i]
            c = before[i - step] if i >= step else 0
            if kind == 1: row[i] = (row[i] + a) & 255
            elif kind == 2: row[i] = (row[i] + b) & 255
            elif kind == 3: row[i] = (row[i] + (a + b) // 2) & 255
            elif kind == 4:
                p = a + b - c; q = [abs(p - a), abs(p - b), abs(p - c)]
                row[i] = (row[i] + (a, b, c)[q.index(min(q))]) & 255
        rows.append(row); before = row
    return width, height, step, rows
width, height, step, rows = read(sys.argv[1])
for j in range(34):
    line = []
    for i in range(60):
        ys = range(j * height // 34, (j + 1) * height // 34)
        xs = range(i * width // 60, (i + 1) * width // 60)
        line.append(sum(rows[y][x * step + 1] for y in ys for x in xs) // (len(ys) * len(xs)))
    print(*line)
PY
}

differ() {      # the largest difference of two coarse pictures
	coarse "$1" >"$second/a"
	coarse "$2" >"$second/b"
	paste -d' ' "$second/a" "$second/b" | awk '
		{ n = NF / 2; for (i = 1; i <= n; i++) { d = $i - $(i + n); if (d < 0) d = -d; if (d > m) m = d } }
		END { print m + 0 }'
}

if has rsvg-convert && has pdftoppm && has python3; then
	for name in one-year kinds communities; do
		rsvg-convert -d 75 -p 75 "$first/$name.svg" -b white -o "$second/svg.png"
		pdftoppm -r 75 -png -singlefile "$first/$name.pdf" "$second/pdf"
		pdftoppm -r 75 -png -singlefile "$first/nothing.pdf" "$second/other"
		worst=$(differ "$second/svg.png" "$second/pdf.png")
		[ "$worst" -le 60 ]
		report $? "$name: SVG and PDF show the same (largest difference $worst of 255)"
	done
	[ "$(differ "$second/pdf.png" "$second/other.png")" -gt 120 ]
	report $? "another drawing would be seen to differ"
fi
echo "1..$number"
