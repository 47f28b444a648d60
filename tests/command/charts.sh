# charts.sh - for tests of charts: a case to draw from, and what every chart must be
# Source it first, in lib.sh's place.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

$top/$build/tests/demo/make_archive --messages 1500 --seed 3 demo >/dev/null
$epistograph read -q -c case demo/mail

# sound NAME WORDS ARGUMENTS...: draw ARGUMENTS in three formats, the same twice, well-formed
# and with WORDS (a pattern) for who cannot see it; NAME.svg, NAME.png and NAME.pdf stay.
sound() {
	local name=$1 words=$2 format
	shift 2
	for format in svg png pdf; do
		ok "$name as $format" status 0 $epistograph draw "$@" -c case -o $name.$format
		status 0 $epistograph draw "$@" -c case -o again.$format
		ok "$name as $format is the same twice" cmp $name.$format again.$format
	done
	ok "$name.svg is well-formed" xmllint --noout $name.svg
	is "$name.svg has unique ids" '' "$(grep -o ' id="[^"]*"' $name.svg | sort | uniq -d)"
	ok "$name.svg says it in words" grep -q "<desc id=\"figure-words\">$words" $name.svg
	ok "$name.svg can be drawn by another" rsvg-convert -o $name-rsvg.png $name.svg
}

# sized SIZE... -- NAME ARGUMENTS...: the same chart elsewhere, and without colour.
sized() {
	local sizes=() size name
	while [ "$1" != -- ]; do
		sizes+=("$1")
		shift
	done
	name=$2
	shift 2
	for size in "${sizes[@]}"; do
		ok "$name on a $size" status 0 $epistograph draw "$@" -c case --size $size -o sized.svg
	done
	ok "$name without colour" status 0 $epistograph draw "$@" -c case --theme grey -o grey.svg
}

# check FIGURE.svg: its data file has a row for each mark; sum_of COLUMN then gives sums.
check() { /usr/bin/python3 "$top/tests/render/check_data.py" "$1" >sums 2>&1 || cat sums; }
sum_of() { sed -n "s/^$1=//p" sums; }
