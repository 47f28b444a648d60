#!/bin/bash
# The charts of ties against the graph they are drawn from.
. tests/command/lib.sh

for seed in 1 2; do
	$top/$build/tests/demo/make_archive --seed $seed --messages 3000 --attachments 0 archive$seed
	$epistograph read -q -c case$seed archive$seed/mail
	$epistograph export json -q -c case$seed -o graph.json
	for size in page column; do
		$epistograph draw matrix -q -c case$seed --size $size -o figure.svg
		ok "rows, cells and bars of archive $seed on a $size are those of its graph" \
			/usr/bin/python3 "$top/tests/oracle/ties.py" matrix graph.json figure.svg
		$epistograph draw matrix -q -c case$seed --order ties --size $size -o figure.svg
		ok "by ties, no row would have shorter ones elsewhere" \
			/usr/bin/python3 "$top/tests/oracle/ties.py" by-ties graph.json figure.svg
		$epistograph draw matrix -q -c case$seed --labels 120 --size $size -o figure.svg
		ok "so are those of people too many to be named" \
			/usr/bin/python3 "$top/tests/oracle/ties.py" matrix graph.json figure.svg
		$epistograph draw matrix -q -c case$seed --split community --size $size -o figure.svg
		ok "so are those of its communities" \
			/usr/bin/python3 "$top/tests/oracle/ties.py" communities graph.json figure.svg
		$epistograph draw flow -q -c case$seed --size $size -o figure.svg
		ok "and its flows between them" \
			/usr/bin/python3 "$top/tests/oracle/ties.py" flow graph.json figure.svg
	done
	for who in $(/usr/bin/python3 -c "
import json
print(*[n['address'] for n in json.load(open('graph.json'))['nodes'] if n['rank'] in (1, 2, 40)])"); do
		for size in page column; do
			$epistograph draw ego "$who" -q -c case$seed --size $size -o figure.svg
			ok "who writes with $who on a $size is as in the graph" \
				/usr/bin/python3 "$top/tests/oracle/ties.py" ego graph.json figure.svg "$who"
		done
	done
done
done_testing
