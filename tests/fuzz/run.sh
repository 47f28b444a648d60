#!/bin/bash
# Build each fuzz target with clang's sanitizers and feed it for a while: TAP.
# FUZZ_SECONDS says how long each [15], FUZZ_TARGETS which [all]; a crash leaves its input in build-fuzz/.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${FUZZ_SECONDS:-15}
out=build-fuzz
packages="glib-2.0 gmime-3.0 libarchive libcrypto"
dkim=
pkg-config --exists opendkim && packages="$packages opendkim" dkim=-DHAVE_DKIM
count=0
mkdir -p $out

# The mail that targets start from: small, of every kind, made by our own generator.
[ -d $out/demo ] || "${BUILD:-build}/tests/demo/make_archive" --messages 300 --attachments 0 --format mixed $out/demo

[ -d $out/signed ] || { mkdir $out/signed && python3 tests/data/make_signed.py $out/signed; }
[ -d $out/archives ] || python3 tests/data/make_archives.py $out/archives 2>/dev/null

for source in ${FUZZ_TARGETS:-tests/fuzz/fuzz_*.c}; do
	name=$(basename "$source" .c)
	count=$((count + 1))
	mkdir -p $out/$name
	find $out/demo/mail -type f -size -40k | sort | head -150 | while read -r file; do
		cp "$file" "$out/$name/$(echo "$file" | tr '/' '_')"
	done
	[ $name != fuzz_attached ] || cp tests/data/nested.eml tests/data/report.eml $out/$name/
	[ $name != fuzz_signature ] || cp $out/signed/keys.txt $out/signed/mail/*.eml $out/$name/
	[ $name != fuzz_walk ] || find $out/archives/mail -type f -size -40k -exec cp {} $out/$name/ ';'
	clang -g -O1 -std=c17 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-D_GNU_SOURCE $dkim -Iinclude -Isrc/source -Isrc/message $(pkg-config --cflags $packages) \
		-o $out/$name.bin "$source" src/base/error.c src/base/text.c src/base/calendar.c \
		src/source/*.c src/message/*.c $(pkg-config --libs $packages) -lm >$out/$name.log 2>&1 &&
		ASAN_OPTIONS=detect_leaks=0 $out/$name.bin -max_total_time="$seconds" -max_len=65536 -timeout=10 \
			-artifact_prefix=$out/$name- -print_final_stats=1 $out/$name >>$out/$name.log 2>&1
	if [ $? -eq 0 ]; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' $out/$name.log)
		echo "ok $count - $name: $runs inputs without a fault"
	else
		echo "not ok $count - $name"
		tail -25 $out/$name.log | sed 's/^/# /'
	fi
done
echo "1..$count"
