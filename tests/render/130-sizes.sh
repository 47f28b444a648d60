#!/bin/bash
# 2,000 people and 20,000 ties: no vector file of them is too large to be opened, mailed or printed
. "$(dirname "$0")/../command/lib.sh"

# Groups of twenty to two hundred, one in ten ties to anybody; one person writes with everybody.
/usr/bin/python3 - <<'P'
import csv, random
PEOPLE, TIES, HUB = 2000, 20000, 1999
lots = random.Random(7)
ties = {(v, HUB) for v in range(HUB)}
while len(ties) < TIES:
    a = lots.randrange(PEOPLE)
    size = 20 * (1 + a // 200)
    b = min(a // size * size + lots.randrange(size) if lots.random() < 0.9 else lots.randrange(PEOPLE), HUB)
    if a != b:
        ties.add((min(a, b), max(a, b)))
with open('mail.csv', 'w', newline='') as file:
    table = csv.writer(file)
    table.writerow(['From', 'To', 'Date', 'Subject'])
    for n, (a, b) in enumerate(sorted(ties)):
        a, b = (b, a) if n % 2 else (a, b)
        table.writerow([f'Person {a} <p{a}@org.example>', f'Person {b} <p{b}@org.example>',
                        f'{2010 + n % 6}-{1 + n % 12:02}-{1 + n % 28:02}T10:{n % 60:02}:00Z', f'{n}'])
with open('edges', 'w') as file:
    file.writelines(f'{a} {b} 1\n' for a, b in sorted(ties))
P
$epistograph read -q -c case mail.csv
is 'that many people and ties are in the case' '2000|20000' "$(sqlite3 case \
	'SELECT count(DISTINCT person), (SELECT count(*) FROM message) FROM address')"

bytes() { stat -c %s "$1" 2>/dev/null || echo 0; }
small() { [ "$(bytes "$1")" -gt 0 ] && [ "$(bytes "$1")" -lt "$2" ]; }

for chart in network matrix 'ego p1999@org.example' flow periods; do
	status 0 $epistograph draw $chart -q -c case -o chart.svg
	ok "$chart: under 10 MB ($(bytes chart.svg) bytes)" small chart.svg 10000000
	rm -f chart.svg
done
# As PDF, and with a mark for each tie, which is more than any chart draws: "chart SECONDS BYTES FILE",
# "lines SECONDS BYTES FILE".
"$top/$build/tests/bench/layout" 510 425 every.svg every.pdf <edges >times
size_of() { sed -n "s/^$1 [^ ]* \([0-9]*\) every.$2/\1/p" times; }
for format in svg pdf; do
	for what in chart lines; do
		size=$(size_of $what $format)
		ok "the network's $what as $format: under 10 MB ($size bytes)" [ "$size" -lt 10000000 ]
	done
done
ok 'each tie has its mark' [ "$(size_of lines svg)" -gt 2000000 ]
done_testing
