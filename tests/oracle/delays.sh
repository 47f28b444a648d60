#!/bin/bash
# How long answers took, as a pair's figure has it, against Python's reading of the mail itself.
. tests/command/lib.sh

for seed in 1 2; do
	$top/$build/tests/demo/make_archive --seed $seed --messages 2000 archive$seed >/dev/null
	$epistograph read -q -c case$seed archive$seed/mail
	ok "delays of the pairs of archive $seed are those of In-Reply-To, References and Date" \
		/usr/bin/python3 "$top/tests/oracle/delays.py" "$epistograph" case$seed 20 archive$seed/mail
done
# The comparison can fail: of other mail the answers are others.
ok 'of another archive they would not be' \
	status 1 /usr/bin/python3 "$top/tests/oracle/delays.py" "$epistograph" case1 20 archive2/mail
done_testing
