#!/bin/bash
# A network figure against the graph it is drawn from: names of communities, areas of marks.
. tests/command/lib.sh

for seed in 1 2; do
	$top/$build/tests/demo/make_archive --seed $seed --messages 3000 --attachments 0 archive$seed
	$epistograph read -q -c case$seed archive$seed/mail
	for weight in count shared; do
		$epistograph draw network -q -c case$seed --weight $weight -o figure.svg
		$epistograph export json -q -c case$seed --weight $weight -o graph.json
		ok "names, discs and dots of archive $seed by $weight are those of its graph" \
			/usr/bin/python3 "$top/tests/oracle/figure.py" graph.json figure.svg
	done
done
done_testing
