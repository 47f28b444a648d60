#!/bin/bash
# Lifelines, rhythm and calendar against the mail they are made of, counted again.
. tests/command/lib.sh
all='--kind all --max-recipients 0 --data'
again() { /usr/bin/python3 "$top/tests/oracle/calendar_time.py" "$@"; }

for seed in 1 2; do
	$top/$build/tests/demo/make_archive --seed $seed --messages 2500 --attachments 0 archive$seed
	$epistograph read -q -c case$seed archive$seed/mail
	for unit in month quarter; do
		$epistograph draw lifelines -q -c case$seed $all --top 12 --unit $unit -o lifelines.svg
		ok "each $unit of twelve lives of archive $seed is counted" again lifelines case$seed lifelines.csv
	done
	$epistograph people -q -c case$seed --kind all --max-recipients 0 --top 12 --csv >people.csv
	ranked=$(/usr/bin/python3 -c 'import csv; print(*(row["address"] for row in csv.DictReader(open("people.csv", encoding="utf-8"))))')
	ok 'they are the highest ranked' again lifelines case$seed lifelines.csv $ranked
	$epistograph draw rhythm -q -c case$seed $all -o rhythm.svg
	ok "hours and weekdays of archive $seed are those of its Date fields" again rhythm case$seed rhythm.csv
	for zone in Europe/Paris Asia/Kolkata America/St_Johns; do
		$epistograph draw rhythm -q -c case$seed $all --zone $zone -o zone.svg
		ok "on the clock of $zone they are those of Python's zones" again rhythm case$seed zone.csv $zone
	done
	$epistograph draw calendar -q -c case$seed $all --size 120x90 -o months.svg
	ok "months of archive $seed are counted" again calendar case$seed months.csv
	ok 'they are months' grep -q '^month-' months.csv
	$epistograph draw calendar -q -c case$seed $all -o calendar.svg
	ok "days of archive $seed are counted" again calendar case$seed calendar.csv
done
done_testing
