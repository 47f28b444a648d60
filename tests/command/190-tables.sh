#!/bin/bash
# read: load files, CSV files and edge lists
. "$(dirname "$0")/lib.sh"

# What Python's csv module reads of a table is what is read here, cell by cell.
mkdir csv
/usr/bin/python3 "$top/tests/data/make_tables.py" csv >expected
exits 'tables in every coding are read' 0 '"rejected": 0' $epistograph read --json -c csv.case csv
is 'every row is a message' "$(wc -l <expected)" "$(field found)"
is 'and is counted' "$(wc -l <expected)" "$(field counted)"
sqlite3 -separator "$(printf '\t')" csv.case "SELECT substr(file, 5), sender, (SELECT ifnull(group_concat(recipient, ' '), '')
	FROM (SELECT DISTINCT recipient FROM letters WHERE message = messages.id ORDER BY 1)), subject FROM messages" |
	/usr/bin/python3 -c 'import sys
print("\n".join(sorted("\t".join(line.rstrip("\n").split("\t")[:3] + [" ".join(line.rstrip("\n").split("\t")[3].split())]) for line in sys.stdin)))' >found
ok 'sender, recipients and subject are those of the cells' cmp expected found
is 'the place of a row is where its first byte is' 'p' "$(sqlite3 csv.case "SELECT file.path || ' ' || offset FROM origin JOIN file ON file.id = file
	WHERE path = 'csv/utf-8-44-1.csv' ORDER BY offset LIMIT 1 OFFSET 1" | while read -r path offset; do
	tail -c +$((offset + 1)) "$path" | /usr/bin/python3 -c 'import csv, io, sys; print(next(csv.reader(io.TextIOWrapper(sys.stdin.buffer, newline="")))[4][0])'; done)"
for jobs in 1 3; do
	$epistograph read -q -j $jobs -c jobs$jobs.case csv
	sqlite3 jobs$jobs.case .dump >jobs$jobs.dump
done
ok 'the number of workers changes nothing' cmp jobs1.dump jobs3.dump

# A load file of Concordance: attachments are rows without people.
mkdir load
printf '\376BEGDOC\376\024\376FROM\376\024\376TO\376\024\376CC\376\024\376BCC\376\024\376SENTDATE\376\024\376SENTTIME\376\024\376SUBJECT\376\r\n' >load/load.dat
printf '\376A1\376\024\376Lee, Ann\376\024\376Roe, Bo; Dee <d@d.example>\376\024\376\376\024\376c@c.example\376\024\37605/25/2016\376\024\37610:00 PM\376\024\376Ren\351\376\r\n' >>load/load.dat
printf '\376A2\376\024\376\376\024\376\376\024\376\376\024\376\376\024\376\376\024\376\376\024\376table.xls\376\r\n' >>load/load.dat
printf '\376A3\376\024\376d@d.example\376\024\376Lee, Ann\376\024\376\376\024\376\376\024\37606/07/2016\376\024\376\376\024\376two\256lines\376\r\n' >>load/load.dat
printf '\376A4\376\024\376d@d.example\376\r\n' >>load/load.dat
exits 'a load file is read' 1 '"found": 3' $epistograph read --json -c load.case load
is 'a row cut short is rejected' 1 "$(field rejected)"
is 'with its place' "load/load.dat $(($(grep -abo A4 load/load.dat | cut -d: -f1) - 1))" "$(sqlite3 load.case 'SELECT path, offset FROM rejected JOIN file ON file.id = file' | tr '|' ' ')"
is 'the column shows that months come first' '2016-05-25T22:00:00Z 2016-06-07T00:00:00Z' \
	"$(sqlite3 load.case 'SELECT instant FROM messages ORDER BY instant' | tr '\n' ' ' | sed 's/ $//')"
is 'a date is said to be from a column' 2 "$(field by_date_source.table)"
is 'who has no address is known by the name' 'lee%2c%20ann|d@d.example|two lines' \
	"$(sqlite3 load.case "SELECT recipient, sender, subject FROM letters WHERE sender = 'd@d.example'")"
is 'with the name as it stands' 'Lee, Ann' "$(sqlite3 load.case "SELECT name.name FROM address JOIN name ON name.id = address.name WHERE address LIKE 'lee%'")"
is 'a Bcc is one' 'c@c.example' "$(sqlite3 load.case "SELECT recipient FROM letters WHERE role = 'bcc'")"
ok 'attachments are counted as no mail' sh -c "$epistograph show findings -c load.case | grep -q '1 row names neither'"
is 'headers are said to be composed' 2 "$(sqlite3 load.case 'SELECT count(*) FROM message WHERE faults & 256')"

# Dates that can be read in two ways.
printf 'sender,recipient,date\na,b,03/04/2016\nb,a,05/06/2016\n' >two.csv
exits 'dates that say two things are not read' 0 '"missing": 2' $epistograph read --json -c two.case two.csv
ok 'and that is said' sh -c "$epistograph show findings -c two.case | grep -q '2 dates like 03/04/2016 can be read in two ways'"
exits '--date-order reads them, though the file is the same' 0 '"first": "2016-04-03T00:00:00Z", "last": "2016-06-05' \
	$epistograph read --json -c two.case --date-order dmy two.csv
exits 'another order gives other dates' 0 '"first": "2016-03-04T00:00:00Z", "last": "2016-05-06' \
	$epistograph read --json -c two.case --date-order mdy two.csv
exits 'an order that is none is refused' 2 '--date-order is dmy, mdy or ymd' $epistograph read -c two.case --date-order us two.csv

# Edge lists: of other records, too.
printf '1459679400,7,9,3\n1459679400,7,9,1\n1459679460,9,7,1\n' >calls.txt
exits 'a table without names is no mail' 3 'no mail was found' $epistograph read -c calls.case calls.txt
exits 'unless its columns are named' 0 '"found": 5' $epistograph read --json -c calls.case \
	--columns date=1,from=2,to=3,weight=4,header=none calls.txt
is 'a weight is so many messages' '7|9|4' "$(sqlite3 calls.case 'SELECT sender, recipient, count(*) FROM letters GROUP BY 1 ORDER BY 1 LIMIT 1')"
is 'each with a name' '1 of 3,2 of 3,3 of 3' "$(sqlite3 calls.case 'SELECT group_concat(member) FROM origin WHERE offset = 0')"
ok 'a graph is drawn of them' sh -c "$epistograph export csv -c calls.case -o calls && ls calls* | grep -q edges"
exits 'columns that are none are refused' 2 "no column of mail" $epistograph read -c calls.case --columns who=1 calls.txt

# In a container and packed.
gzip -k two.csv
/usr/bin/python3 -c 'import zipfile; z = zipfile.ZipFile("box.zip", "w"); z.write("two.csv"); z.write("load/load.dat")'
exits 'tables in containers are read' 1 '"found": 7' $epistograph read --json -c packed.case two.csv.gz box.zip
is 'as what they are' 'table in gzip,table,table' "$(sqlite3 packed.case "SELECT form FROM file WHERE form LIKE 'table%' ORDER BY path DESC" | tr '\n' ',' | sed 's/,$//')"

# Hostile ones: nothing in a cell is more than text.
/usr/bin/python3 - <<'END'
with open('hostile.csv', 'wb') as file:
    file.write(b'From,To,Message ID,Subject,Date Sent\r\n')
    file.write(b'"a@a.example\r\nBcc: x@x.example",b@b.example,1@h,"s\r\n\r\nFrom x\x1b[31m\x00",=HYPERLINK(1)\r\n')
    file.write(b'a@a.example,b@b.example,2@h,' + b'y' * 3000000 + b',2016-04-03\r\n')
    file.write(b'a@a.example,' + b'<' * 1000000 + b',3@h,,\r\n')
    file.write(b'a@a.example,' + b'",;' * 300000 + b'"",4@h,,\r\n')
    file.write(b',' * 1000000 + b'\r\n')
    file.write(b'a@a.example,"b@b.example,5@h,never closed,2016-04-03\r\n')
    file.write(b'a@a.example,' + b'"A, <a@b>, ' * 80000 + b',6@h,,\r\n')
    file.write(b'\xff\xfe\x00,\x00\n' * 1000)
    file.write(b'c@c.example,d@d.example,7@h,last,2016-04-03\r\n')
END
exits 'a hostile table is read to its end' 1 '"found"' timeout 60 $epistograph read --json -c hostile.case hostile.csv
is 'its last row too' 'd@d.example' "$(sqlite3 hostile.case "SELECT recipient FROM letters JOIN messages ON messages.id = message WHERE message_id = '7@h'")"
is 'no cell adds a recipient in another role' '' "$(sqlite3 hostile.case "SELECT recipient FROM letters WHERE role <> 'to'")"
ok 'no escape reaches the terminal' sh -c "! $epistograph show findings -c hostile.case | grep -q \"\$(printf '\\033')\""
done_testing
