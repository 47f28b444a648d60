#!/bin/bash
# Containers made to harm: bombs, damage, crashes and hangs cost themselves and nothing else
. "$(dirname "$0")/lib.sh"

/usr/bin/python3 "$top/tests/data/make_archives.py" tree 2>/dev/null
mail good.eml 'ann@a.example' 'bo@b.example' 'good' 'Mon, 1 Feb 2016 10:00:00 +0100'

# ---- bombs ----
mkdir bombs
cp good.eml bombs/good.eml
header='From: a@a.example\nTo: b@b.example\nMessage-ID: <bomb@x>\n\n'
{
	printf 'From a@a.example Mon Feb  1 10:00:00 2016\n'"$header"
	head -c 1300M /dev/zero
} | zstd -q -o bombs/mail.mbox.zst
mkdir raw
cp good.eml raw/1-first.eml
sed 's/good.eml@/last.eml@/' good.eml >raw/3-last.eml
truncate -s 1300M raw/2-zeros.bin
tar -C raw -cf - 1-first.eml 2-zeros.bin 3-last.eml | zstd -q -o bombs/zeros.tar.zst
# In a zip they are passed over, and nothing is unpacked.
(cd raw && zip -q -1 ../bombs/zeros.zip 1-first.eml 2-zeros.bin 3-last.eml)
# One in a container of some size is given up alone, not the container.
head -c 8000000 /dev/urandom >raw/0-noise.bin
tar -cf bombs/inside.tar -C raw 0-noise.bin -C ../bombs zeros.tar.zst good.eml
exits 'bombs do not stop a run' 1 '"rejected": 0' timeout 100 $epistograph read --json -c bombs.case bombs
is 'each is told of once' 3 "$(sqlite3 bombs.case "SELECT count(*) FROM file WHERE reason LIKE '%bomb%'")"
$epistograph show files -c bombs.case --csv >files.csv
ok 'in plain words' grep -q '^bombs/zeros.tar.zst,.*unpacks to more than 250 times its size: taken for a bomb' files.csv
ok 'what stands before it is read' grep -q '^bombs/zeros.tar.zst/1-first.eml,.*,mail,' files.csv
ok 'what stands behind one in a container is read' grep -q '^bombs/inside.tar/good.eml,.*,mail,' files.csv
ok 'a zip with gigabytes of something else is just a zip' grep -q '^bombs/zeros.zip/3-last.eml,.*,mail,' files.csv
exits 'it can be read all the same' 0 '"found": 2' timeout 100 \
	$epistograph read --json --expansion 0 -c brave.case bombs/zeros.tar.zst
if sanitized; then
	skip 'memory does not grow with a member' 'a sanitizer keeps what was freed'
else
	"$top/$build/tests/bench/measure" $epistograph read -q -j 1 --expansion 0 -c big.case bombs/mail.mbox.zst bombs/zeros.tar.zst >measured
	ok 'memory does not grow with a member' test "$(cut -f 2 measured)" -lt 65536
fi
$epistograph read -q --expansion 0 -c size.case bombs/mail.mbox.zst
is 'a message of a gigabyte has its size' $((1300 * 1048576 + $(printf "$header" | wc -c))) \
	"$(sqlite3 size.case 'SELECT size FROM message')"

# ---- large containers in containers ----
truncate -s 70M raw/4-more.bin
(cd raw && 7z a -bd -mx0 ../large.7z 1-first.eml 4-more.bin >/dev/null && zip -q -0 ../large.zip 1-first.eml 4-more.bin 3-last.eml)
tar -cf large.tar large.7z large.zip good.eml
exits 'large containers in a container' 1 '"found": 3' $epistograph read --json -c large.case large.tar
$epistograph show files -c large.case --csv >files.csv
ok 'a 7z is read from its end, which is not there' grep -q '^large.tar/large.7z,.*unreadable,.*more than 64 MB.*take it out' files.csv
ok 'a zip is read forwards' grep -q '^large.tar/large.zip/3-last.eml,.*,mail,' files.csv

# ---- damage ----
/usr/bin/python3 "$top/tests/data/mutate_archives.py" tree/mail damaged 400
cp good.eml damaged/zzz.eml
timeout 300 $epistograph read --json -j 1 -c damaged1 damaged >out 2>err
ok 'damaged archives are read to the end' test $? -le 1
ok 'nothing is lost by a crash or a hang' sh -c "! sqlite3 damaged1 \"SELECT reason FROM rejected UNION SELECT
	ifnull(reason, '') FROM file\" | grep -E 'crashed|no result|ended on it'"
is 'each of them has its row' 401 "$(sqlite3 damaged1 'SELECT count(*) FROM file WHERE container IS NULL')"
is 'none is left unfinished' 0 "$(sqlite3 damaged1 'SELECT count(*) FROM file WHERE outcome = 0')"
is 'the account adds up' "$(field found)" "$(($(field counted) + $(field duplicates) + $(field rejected)))"
ok 'much of them can be read' test "$(field found)" -gt 300
$epistograph read -q -j 3 -c damaged3 damaged
sqlite3 damaged1 .dump >1.sql
sqlite3 damaged3 .dump >3.sql
ok 'to the same by any number of workers' cmp 1.sql 3.sql

# ---- a run that is killed ----
$top/$build/tests/demo/make_archive --messages 12000 --seed 7 --attachments 0 --format mixed demo >/dev/null
tar -C demo -cf demo.tar mail
tar -C demo/mail -cf - . | gzip -1 >inner.tar.gz
zip -q -0 demo.zip inner.tar.gz good.eml
begin=$(date +%s%N)
$epistograph read -q -c whole demo.tar demo.zip
took=$(($(date +%s%N) - begin))
sqlite3 whole .dump >whole.sql
stored() { sqlite3 -cmd '.timeout 10000' "$1" 'SELECT count(*) FROM message' 2>/dev/null || echo 0; }
members() { sqlite3 -cmd '.timeout 10000' "$1" 'SELECT count(*) FROM file WHERE outcome > 0' 2>/dev/null || echo 0; }
all=$(members whole)
part=0 equal=0 tries=0
for round in 1 2 3; do
	for percent in 20 40 60 80 90; do
		tries=$((tries + 1))
		rm -f case*
		timeout -s KILL "$(awk -v took=$took -v percent=$percent 'BEGIN { printf "%.3f", took * percent / 1e11 }')" \
			$epistograph read -q -c case demo.tar demo.zip 2>/dev/null
		held=0
		[ ! -e case ] || held=$(members case)
		[ "$held" -gt 0 ] && [ "$held" -lt "$all" ] && part=$((part + 1))
		$epistograph read -q -c case demo.tar demo.zip
		sqlite3 case .dump >case.sql
		cmp -s whole.sql case.sql && equal=$((equal + 1))
	done 2>/dev/null
	[ $part -eq 0 ] || break
done
ok 'some when a part of a container was stored' test $part -ge 1
is 'each is completed to the same content' $tries $equal

# ---- a library that crashes ----
if sanitized; then
	skip 'a crash costs one member' 'the program is built with a sanitizer'
	done_testing
	exit
fi
preload() { LD_PRELOAD=$top/$build/tests/command/crash_preload.so "$@"; }
for i in 1 2 3 4 5 6 7 8; do
	subject="=?utf-8?q?fine_$i?="
	[ $i = 2 ] && subject='=?utf-8?q?x?= please-crash'
	[ $i = 4 ] && subject='=?utf-8?q?x?= please-hang'
	body=
	[ $i = 6 ] && body='please-crash-unpacking'
	mail box/$i.eml "p$i@a.example" 'bo@b.example' "$subject" "Mon, $i Feb 2016 10:00:00 +0000"
	echo "$body" >>box/$i.eml
done
(cd box && zip -q ../inner.zip 5.eml 6.eml 7.eml && zip -q -0 ../crash.zip [1235678].eml ../inner.zip &&
	tar -cf - ?.eml | gzip >../crash.tar.gz)
for jobs in 1 3; do
	exits "the run goes on, with $jobs workers" 1 '"found"' \
		preload $epistograph read --json --jobs $jobs --patience 1 -c crash$jobs crash.zip crash.tar.gz
done
sqlite3 crash1 .dump >1.sql
sqlite3 crash3 .dump >3.sql
ok 'the result does not depend on the number of workers' cmp 1.sql 3.sql
$epistograph show rejected -c crash1 --csv >rejected.csv
$epistograph show files -c crash1 --csv >files.csv
ok 'a crash is named with its member' grep -q '^crash.zip/2.eml,0,[0-9]*,.*crashed.*Segmentation' rejected.csv
ok 'a hang is' grep -q '^crash.tar.gz/4.eml,0,[0-9]*,.*no result after 1 s' rejected.csv
ok 'a crash of the library is' grep -q '^crash.zip/6.eml,.*,unreadable,.*crashed.*Segmentation' files.csv
ok 'in a container in a container, too' grep -q '^crash.zip/../inner.zip/6.eml,.*,unreadable,.*crashed' files.csv
ok 'and the members behind it are read' grep -q '^crash.zip/8.eml,.*,mail,' files.csv
ok 'there, too' grep -q '^crash.zip/../inner.zip/7.eml,.*,mail,' files.csv

# ---- one that is slow and goes on ----
{
	printf 'From: slow@a.example\nTo: bo@b.example\nMessage-ID: <slow@x>\n\nplease-go-slowly\n'
	head -c 5000000 /dev/zero | tr '\0' 'x'
} >slow.eml
gzip -k slow.eml
exits 'patience is with what goes on' 0 '"counted": 1' preload $epistograph read --json --patience 1 -c slow slow.eml.gz
is 'however slowly' "$(stat -c %s slow.eml)" "$(sqlite3 slow 'SELECT size FROM message')"
done_testing
