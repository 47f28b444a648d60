#!/bin/bash
# draw lifelines, rhythm, calendar, and what a timeline is split by
. "$(dirname "$0")/charts.sh"

for chart in lifelines rhythm calendar; do
	sound $chart '.*messages' $chart
	sized column -- $chart $chart
	ok "$chart on a slide" status 0 $epistograph draw $chart -c case --size slide --theme dark -o slide.svg
	ok "$chart in a column with larger letters" status 0 $epistograph draw $chart -c case --size column --theme screen -o large.svg
	exits "$chart on a page too small" 2 'to 5000x5000 for the chart' $epistograph draw $chart -c case --size 50x50 -o tiny.svg
	exits "$chart of no message" 3 'no message passes the filter' $epistograph draw $chart -c case --until 1999 -o none.svg
	status 0 $epistograph draw $chart -c case --data -o data.svg
	is "$chart has a row for each mark" '' "$(check data.svg)"
done

# The account of each: all messages of the case are in the figure or said not to be.
dated=$(sqlite3 case 'SELECT count(*) FROM message WHERE original IS NULL AND instant IS NOT NULL AND date_verdict <> 3')
all=$(sqlite3 case 'SELECT count(*) FROM message WHERE original IS NULL')
status 0 $epistograph draw calendar -c case --data -o data.svg
check data.svg
is 'the days of a calendar add up to the dated messages' "$dated" "$(sum_of drawn)"
is 'and with those counted beside them to all' "$all" "$(sum_of messages)"
status 0 $epistograph draw rhythm -c case --kind all --max-recipients 0 --zone UTC --data -o data.svg
check data.svg
is 'on one clock all dated messages are in a rhythm' "$dated" "$(sum_of drawn)"
status 0 $epistograph draw rhythm -c case --kind all --max-recipients 0 --data -o data.svg
check data.svg
known=$(sqlite3 case 'SELECT count(*) FROM message WHERE original IS NULL AND instant IS NOT NULL AND date_verdict <> 3 AND utc_offset_s IS NOT NULL')
is 'on their own clocks those whose clock is known' "$known" "$(sum_of drawn)"
is 'the others are counted' "$all" "$(sum_of messages)"
ok 'and said' grep -q "Not in it: $((dated - known)) of unknown clock" data.svg
status 0 $epistograph draw lifelines -c case --kind all --max-recipients 0 --data -o data.svg
check data.svg
is 'messages of those in lifelines and of others are all' "$all" "$(sum_of messages)"

# A community has the colour that it has in the network, whatever part of the mail is drawn.
$epistograph draw network -q -c case --edges reply -o colors-network.svg
$epistograph draw lifelines -q -c case --edges reply -o colors.svg
is 'a line has the colour of its dot in the network' 'alike' "$(/usr/bin/python3 - <<'P'
import re
def colors(file, mark, attribute):
    pattern = rf'<g id="{mark}-\d+" class="{mark}"><title>[^<]*?&lt;(.*?)&gt;.*?{attribute}="(#\w+)"'
    return dict(re.findall(pattern, open(file, encoding='utf-8').read(), re.S))
dots, lines = colors('colors-network.svg', 'node', 'fill'), colors('colors.svg', 'life', 'stroke')
both = dots.keys() & lines.keys()
print('alike' if len(both) > 5 and all(dots[who] == lines[who] for who in both) else (dots, lines))
P
)"

# Whose lines, whose clock
status 0 $epistograph draw lifelines -c case --top 5 --data -o five.svg
is 'five lines are five' 5 "$(grep -c ',life,' five.csv)"
ok 'and said to be the highest ranked' grep -q 'the 5 highest ranked of' five.svg
mail few/1 'ann@x.example' 'bo@x.example' s '3 Jul 2001 10:00:00 +0000'
$epistograph read -q -c few.case few
$epistograph draw lifelines -q -c few.case -o few.svg
mail self/1 'ann@x.example' 'ann@x.example' s '3 Jul 2001 10:00:00 +0000'
$epistograph read -q -c self.case self
$epistograph draw lifelines -q -c self.case -o self.svg
ok 'who wrote to nobody else names recipients all the same' \
	grep -q 'the one who sent most (nobody here wrote to another)' self.svg
ok 'all people are not the highest ranked ones' grep -q 'all 2 people, by first contact' few.svg
someone=$(sqlite3 case 'SELECT a.address FROM message m JOIN address s ON s.id = m.sender JOIN address a ON a.id = s.person WHERE kind = 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
status 0 $epistograph draw lifelines -c case --person "$someone" --data -o one.svg
is 'one line is that of the person asked for' 1 "$(grep -c ",life,.*,$someone," one.csv)"
status 0 $epistograph draw rhythm -c case --person "$someone" --data -o one.svg
check one.svg
is "a person's rhythm has the mail that person sent" "$(sqlite3 case "SELECT count(*) FROM message m JOIN address s ON s.id = m.sender JOIN address a ON a.id = s.person WHERE m.original IS NULL AND a.address = '$someone' AND kind IN (0, 1) AND instant IS NOT NULL AND date_verdict <> 3 AND utc_offset_s IS NOT NULL")" "$(sum_of drawn)"
ok 'and counts what others sent' grep -q '[0-9] by others' one.svg
ok 'an offset' status 0 $epistograph draw rhythm -c case --zone +05:30 -o zone.svg
ok 'is said' grep -q 'All by one clock, UTC+05:30, without summer time' zone.svg
if [ -e /usr/share/zoneinfo/Europe/Paris ]; then
	status 0 $epistograph draw rhythm -c case --zone Europe/Paris -o zone.svg
	ok 'of a place the offsets applied are said' sh -c "tr '\n' ' ' <zone.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' | grep -q 'All by the clock of Europe/Paris, here UTC+01:00 or UTC+02:00\.'"
fi
exits 'a clock that is none' 2 "such as Europe/Paris, not 'Atlantis'" $epistograph draw rhythm -c case --zone Atlantis -o zone.svg
exits 'a clock belongs to a rhythm' 2 'zone belongs to rhythm, not to calendar' $epistograph draw calendar -c case --zone UTC -o zone.svg
exits 'more lines than the page has room for' 3 'no room for 100 lines' $epistograph draw lifelines -c case --top 100 -o many.svg
ok 'events and periods' status 0 $epistograph draw lifelines -c case --event '2016-06-12=Premier tour' --period 2015..2015-06=Strike -o event.svg
ok 'are in the lifelines' sh -c "grep -q 'Premier tour' event.svg && grep -q Strike event.svg"

status 0 $epistograph draw calendar -c case --event '2016-06-12=Premier tour' --period 2015..2015-06=Strike --data -o event.svg
ok 'and frames in a calendar' sh -c "grep -q '^event-1,event,2016-06-12,2016-06-12,Premier tour,' event.csv && grep -q '^period-1,period,2015-01-01,2015-06-30,Strike,' event.csv"
is 'that are rows of its numbers' '' "$(check event.svg)"

# Thirty years of one message each: too many days for a column.
for year in $(seq 1990 2019); do mail long/$year 'a@x.example' 'b@x.example' s "10 Jun $year 10:00:00 +0000"; done
$epistograph read -q -c long.case long
status 0 $epistograph draw calendar -c long.case --size column -o long.svg
ok 'more years than can be days are months' grep -q 'id="month-2000-06"' long.svg
ok 'and said to be' sh -c "tr '\n' ' ' <long.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' | grep -q 'days of so many years would be too small here'"

# A list names nobody as a recipient, and has lines all the same.
for day in $(seq 1 20); do printf 'From: p%s@x.example\nDate: %s Jun 2016 10:00:00 +0000\nList-Id: <l.example>\n\nx\n' $((day % 4)) $day >list.$day.eml; done
mkdir list && mv list.*.eml list
$epistograph read -q -c list.case list
status 0 $epistograph draw lifelines -c list.case --data -o list.svg
is 'four who wrote to a list have lines' 4 "$(grep -c ',life,' list.csv)"
ok 'by what they sent' grep -q 'the 4 who sent most' list.svg

# What a timeline is split by
for split in person date; do
	status 0 $epistograph draw timeline -c case --split $split --kind all --max-recipients 0 --data -o split.svg
	is "a timeline by $split has a row for each mark" '' "$(check split.svg)"
	is 'and accounts for all mail' "$all" "$(sum_of messages)"
done
is 'by date each verdict is a series' 'good date 0,repaired date 1,date from elsewhere 2' "$(/usr/bin/python3 - <<'P'
import csv
series = dict.fromkeys(row['series'] for row in csv.DictReader(open('split.csv')) if row['mark'] == 'bar')
names = ['good date', 'repaired date', 'date from elsewhere', 'implausible date']
print(','.join(f'{name} {names.index(name)}' for name in names if name in series))
P
)"
exits 'there are five ways to split' 2 "kind, community, person, date or verified, not 'size'" $epistograph draw timeline -c case --split size -o split.svg
exits 'signatures that nobody has checked are nothing to split by' 3 "signatures of the mail in case are not checked: run 'epistograph verify --keys FILE' first" $epistograph draw timeline -c case --split verified -o split.svg

# A chart of messages says nothing of ties, of which it counts none
for chart in timeline calendar rhythm lifelines; do
	status 0 $epistograph draw $chart -c case --edges reply --weight shared -o ties.svg
	is "a $chart counts no answers and shares no message" '' "$(grep -oi 'answers in\|shared among' ties.svg)"
done
status 0 $epistograph draw timeline -c case --edges reply --split community -o ties.svg
ok 'communities of answers are told' grep -q 'Communities are of who answered whom' ties.svg

# Twenty people write, 19 of 20 messages at the clock of one place, half of them in its summer.
for i in $(seq 1 20); do
	mail place/$i "p$i@x.example" 'b@x.example' s "$((i % 28 + 1)) $([ $((i % 2)) = 0 ] && echo Jul || echo Jan) 2001 10:00:00 $([ $((i % 2)) = 0 ] && echo -0700 || echo -0800)"
done
note() { rm -f place.case; $epistograph read -q -c place.case place && $epistograph draw rhythm -q -c place.case "$@" -o place.svg && tr '\n' ' ' <place.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' | grep -o '[0-9]* % of the messages, by [0-9]* people, have a clock at [^ ]* or [^ :]*'; }
is 'clocks of one place are told' '100 % of the messages, by 20 people, have a clock at -0800 or -0700' "$(note)"
is 'not if one clock is asked for' '' "$(note --zone UTC)"
mail place/21 'p1@x.example' 'b@x.example' s '3 Jan 2001 10:00:00 +0100'
is 'nearly all are enough' '95 % of the messages, by 20 people, have a clock at -0800 or -0700' "$(note)"
mail place/22 'p2@x.example' 'b@x.example' s '4 Jan 2001 10:00:00 +0100'
is 'ten in eleven are not' '' "$(note)"
rm place/22 place/20
is 'nor are so many messages of nineteen people' '' "$(note)"
done_testing
