#!/bin/bash
# draw: charts that are well-formed, the same in three formats, traceable and the same twice
. "$(dirname "$0")/charts.sh"

for chart in network timeline; do
	sound $chart '.*messages' $chart
	ok "$chart.svg has text as text" grep -q '<text' $chart.svg
	ok "$chart.pdf has text as text" sh -c "pdftotext $chart.pdf - | grep -q 'epistograph'"
	ok "$chart.pdf bears no date" sh -c "pdfinfo $chart.pdf | grep Producer && ! pdfinfo $chart.pdf | grep Date"
	# A PNG's width is the first number of its IHDR; 180 mm at 300 dpi are 2126 pixels.
	is "$chart.png has the size asked for" '00 00 08 4e' "$(od -An -tx1 -j16 -N4 $chart.png | sed 's/^ *//')"
done
ok 'each mark of a timeline has its number' grep -q '<title>.*: [0-9,]* message' timeline.svg
ok 'the source says what is not in the figure' sh -c "pdftotext network.pdf - | tr '\n' ' ' | grep -q 'Not in it: .*bulk'"

# The columns add up to the messages with a date: by kind, all mail.
$epistograph draw timeline -c case --kind all --split kind -o kinds.svg
dated=$(sqlite3 case 'SELECT count(*) FROM message WHERE original IS NULL AND instant IS NOT NULL AND date_verdict <> 3')
drawn=$(/usr/bin/python3 - <<'P'
import re
text = open('kinds.svg', encoding='utf-8').read()
print(sum(int(n.replace(',', '')) for n in re.findall(
    r'id="bar-[^"]*"[^>]*>\s*<title>[^<]*?: ([0-9,]+) message', text)))
P
)
is 'the columns add up to the dated messages' "$dated" "$drawn"

# Without colour the third community's dots are plain, the fourth's are hatched: a line across each.
status 0 $epistograph draw network -c case --theme grey -o grey.svg
hatched() { tr '\n' ' ' <grey.svg | grep -o '<g id="node-[0-9]*"[^>]*>.*' | sed 's/<g id=/\n&/g' | grep '^<g id="node-' | grep -c '<path\|<line\|<poly'; }
ok 'without colour communities are told apart by hatching' test "$(hatched)" -gt 10

ok 'an event' status 0 $epistograph draw timeline -c case --event '2016-06-12=Premier tour' -o event.svg
ok 'is in the chart' grep -q 'Premier tour' event.svg
exits 'an event without a date' 2 'DATE=TEXT' $epistograph draw timeline -c case --event nothing -o event.svg
printf 'date,text\r\n2014-05-25,"Vote, ""first"" round"\r\n\n2015..2015-03,Inquiry\n' >events.csv
ok 'events of a file' status 0 $epistograph draw timeline -c case --events events.csv --period '2016-06..2016-08=Recess' -o event.svg
ok 'are in the chart' grep -q '<title>25 May 2014: Vote, &quot;first&quot; round</title>' event.svg
ok 'and its periods' grep -q '<title>1 January 2015 to 31 March 2015: Inquiry</title>' event.svg
ok 'and those of the command line' grep -q '<title>1 June 2016 to 31 August 2016: Recess</title>' event.svg
printf '2014-05-25,Vote\n2014-05-25\n' >events.csv
exits 'a line without a text' 2 'events.csv, line 2: a line is DATE,TEXT' $epistograph draw timeline -c case --events events.csv -o event.svg
printf '31/12/2015,x\n' >events.csv
exits 'a date that is none' 2 "events.csv, line 1: '31/12/2015' is not a date" $epistograph draw timeline -c case --events events.csv -o event.svg
printf 'caf\351,x\n' >events.csv
exits 'a file of another coding' 2 'it is not UTF-8' $epistograph draw timeline -c case --events events.csv -o event.svg
exits 'a file that is not there' 2 'cannot read the events' $epistograph draw timeline -c case --events none.csv -o event.svg
exits 'a period that is none' 2 'START..END=TEXT' $epistograph draw timeline -c case --period 2016=x -o event.svg
exits 'a period that runs backwards' 2 'ends before it begins' $epistograph draw timeline -c case --period 2016..2014=x -o event.svg
exits 'a network has no time axis' 2 'belong to timeline.*, not to network' $epistograph draw network -c case --period 2014..2016=x -o event.svg
ok 'a size' status 0 $epistograph draw network -c case --size 90x100 -o small.svg
ok 'is the size of the page' grep -q 'width="255' small.svg
exits 'a network smaller than can be read' 2 'from 80x70 to 5000x5000 for the chart network' $epistograph draw network -c case --size 79x70 -o small.svg
ok 'the smallest network' status 0 $epistograph draw network -c case --size 80x70 --title 'A title so long that it takes more than one line, and more than two of them, on a page of this width' -o least.svg
ok 'a timeline may be smaller' status 0 $epistograph draw timeline -c case --size 85x55 -o small.svg
exits 'but not any' 2 'from 60x40 to 5000x5000 for the chart timeline' $epistograph draw timeline -c case --size 59x40 -o small.svg
status 0 $epistograph draw timeline -c case --size 800x600px -o pixels.png
is 'a size in pixels is that of the picture' '00 00 03 20 00 00 02 58' "$(od -An -tx1 -j16 -N8 pixels.png | sed 's/^ *//')"
status 0 $epistograph draw timeline -c case --size 100x60 --dpi 300 -o pixels.png
is 'millimetres are pixels to the nearest: 1,181.1 and 708.7' '00 00 04 9d 00 00 02 c5' "$(od -An -tx1 -j16 -N8 pixels.png | sed 's/^ *//')"
status 0 $epistograph draw network -c case --size column -o column.svg
ok 'a column is 88 mm wide' grep -q 'width="249.449pt"' column.svg
status 0 $epistograph draw timeline -c case --theme screen --size 180x90 -o screen.svg
ok 'a theme for the screen keeps the size of the page' grep -q 'width="510.236pt" height="255.118pt" viewBox="0 0 408.189 204.094"' screen.svg
status 0 $epistograph draw network -c case --theme grey -o grey.svg
is 'a theme without colour has none' '' "$(grep -oE '#[0-9a-f]{6}' grey.svg | sort -u | awk '{ if (substr($0, 2, 2) != substr($0, 4, 2) || substr($0, 4, 2) != substr($0, 6, 2)) print }')"
status 0 $epistograph draw network -c case --palette tol --font 'DejaVu Serif' -o tol.svg
ok 'a palette' grep -q '#332288' tol.svg
ok 'a font' grep -q "font-family=\"'DejaVu Serif', 'Noto Sans'" tol.svg
ok 'a family that is not here' status 0 $epistograph draw timeline -c case --font Nowhere -o x.svg
ok 'is said not to be' grep -q "this machine has no family 'Nowhere'" err
status 0 $epistograph draw timeline -c case --font 'dejavu serif' -o x.svg
is 'one that is here is not' '' "$(cat err)"
exits 'a theme that is none' 2 'print, screen, dark or grey' $epistograph draw network -c case --theme neon -o x.svg
exits 'a palette that is none' 2 'okabe, tol or petroff' $epistograph draw network -c case --palette rainbow -o x.svg
exits 'a font that would be markup' 2 'one family' $epistograph draw network -c case --font "a'b" -o x.svg
status 0 $epistograph draw network -c case --theme screen --size column -o small.svg
# 88 mm are 249.449 pt; a network needs 80 mm as drawn, which are 226.772 pt.
ok 'letters for the screen grow by what a column leaves' grep -q 'width="249.449pt" height="[0-9.]*pt" viewBox="0 0 226.772 ' small.svg
exits 'a size that is none' 2 'WIDTHxHEIGHT' $epistograph draw network -c case --size huge -o small.svg
ok 'a title' status 0 $epistograph draw network -c case --title 'A <b>bold</b> & "claim"' -o titled.svg
ok 'cannot become markup' xmllint --noout titled.svg
ok 'a backbone' status 0 $epistograph draw network -c case --backbone --alpha 0.01 -o backbone.svg
ok 'says its level' sh -c "grep -q 'α = 0.01' backbone.svg"
ok 'one person' status 0 $epistograph draw network -c case --ego "$(sqlite3 case "SELECT address FROM address LIMIT 1 OFFSET 3")" -o ego.svg
# Where a picture goes
status 0 $epistograph draw timeline -c case -o plain.svg
$epistograph draw timeline -c case --format svg -o /dev/stdout | cat >piped.svg
ok 'through a pipe by its name' cmp plain.svg piped.svg
$epistograph draw timeline -c case --format svg -o /dev/stdout >redirected.svg
ok 'into a file that is standard output' cmp plain.svg redirected.svg
ok 'which stays what it was' test -L /dev/stdout
ln -s target.svg link.svg
status 0 $epistograph draw timeline -c case -o link.svg
ok 'where a link points' cmp plain.svg target.svg
exits 'the format decides the name of a picture without one' 0 '^output/timeline.pdf$' $epistograph draw timeline -c case --format pdf
is 'and it is one' '%PDF' "$(head -c 4 output/timeline.pdf)"
exits 'the chart may be named after the options' 0 '^output/timeline.svg$' $epistograph draw -c case timeline
ok 'with the same result' cmp plain.svg output/timeline.svg
exits 'standard output needs a format' 2 'or --format' $epistograph draw network -c case -o -
ok 'a file at its largest size is a failed write' sh -c "ulimit -f 8; $epistograph draw network -c case -o large.svg 2>err; [ \$? -eq 3 ] && grep -q 'cannot write large.svg: File too large' err"
is 'that leaves nothing' '' "$(ls -a | grep -E 'large|\.epistograph')"
ok 'a reader that has seen enough is no trouble' sh -c "$epistograph people -c case 2>err | head -1; [ ! -s err ]"
exits 'a page too small for a timeline' 3 'no room for the' $epistograph draw timeline -c case --split community --size 60x40 -o tiny.svg
is 'leaves none' '' "$(ls tiny.svg 2>/dev/null)"
# A line is two people, a tie of the tables one direction: each has its own word.
status 0 $epistograph draw network -c case --max-recipients 0 -o words.svg
pairs=$(sqlite3 case "SELECT count(DISTINCT min(s.person, r.person) || ' ' || max(s.person, r.person))
	FROM message m JOIN mention n ON n.message = m.id AND n.role IN (3, 4, 5)
	JOIN address s ON s.id = m.sender JOIN address r ON r.id = n.address
	WHERE m.original IS NULL AND m.kind IN (0, 1) AND s.person <> r.person")
tr -d ',\n' <words.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' >words
ok 'lines are the pairs who wrote' grep -q "of $pairs lines" words
exits 'what chooses ties is refused for a timeline' 2 'belong to network.*, not to timeline' $epistograph draw timeline -c case --top 3 -o t.svg

# Twenty messages of 2016 and one of 2099.
for day in $(seq 1 20); do mail far/$day 'a@x.example' 'b@x.example' s "$day Jun 2016 10:00:00 +0000"; done
mail far/99 'a@x.example' 'b@x.example' s '4 Jan 2099 10:00:00 +0000'
$epistograph read -c far.case far >account
ok 'the account names its year apart' grep -q '2099  *1  more than ten years from all other mail$' account
ok 'and its period is that of the others' grep -q 'from 2016-06-01 to 2016-06-20 (UTC)' account
status 0 $epistograph draw network -c far.case -o far.svg
ok 'a network, which has its tie, says so' grep -q '4 Jan 2099 (with dates far from all others)' far.svg
status 0 $epistograph draw timeline -c far.case -o far.svg
ok 'one date far from all others does not stretch the axis' sh -c 'grep -q "1 Jun 2016 to 20 Jun 2016" far.svg && grep -q "21 messages; 20 in this figure" far.svg'
ok 'and is told beside it' grep -q 'Not shown: 1 message far from all other mail (4 January 2099)' far.svg
status 0 $epistograph draw timeline -c far.case --implausible -o far.svg
ok 'at its word it does' grep -q '1 Jun 2016 to 4 Jan 2099' far.svg
done_testing
