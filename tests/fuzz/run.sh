#!/bin/bash
# Feed a fuzz target, built by `make fuzzers`, for a while: TAP.
# usage: tests/fuzz/run.sh NAME...       as fuzz_mbox
# FUZZ_SECONDS says how long each [15]; a crash leaves its input in build-fuzz/.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${FUZZ_SECONDS:-15}
out=build-fuzz
count=0

for name; do
	count=$((count + 1))
	mkdir -p $out/$name
	find $out/seeds/demo/mail -type f -size -40k | sort | head -150 | while read -r file; do
		cp "$file" "$out/$name/$(echo "${file#$out/seeds/}" | tr '/' '_')"
	done
	[ $name != fuzz_attached ] || cp tests/data/nested.eml tests/data/report.eml $out/$name/
	[ $name != fuzz_signature ] || cp $out/seeds/signed/keys.txt $out/seeds/signed/mail/*.eml $out/$name/
	[ $name != fuzz_walk ] || find $out/seeds/archives/mail -type f -size -40k -exec cp {} $out/$name/ ';'
	ASAN_OPTIONS=detect_leaks=0 $out/$name.bin -max_total_time="$seconds" -max_len=65536 -timeout=10 \
		-artifact_prefix=$out/$name- -print_final_stats=1 $out/$name >$out/$name.log 2>&1
	if [ $? -eq 0 ]; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' $out/$name.log)
		echo "ok $count - $name: $runs inputs without a fault"
	else
		echo "not ok $count - $name"
		tail -25 $out/$name.log | sed 's/^/# /'
	fi
done
echo "1..$count"
