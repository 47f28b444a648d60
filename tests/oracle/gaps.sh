#!/bin/bash
# The silences that a timeline hatches against the rule reckoned in whole numbers.
. tests/command/lib.sh
ok 'the silences hatched are those of the rule, in exact arithmetic' \
	/usr/bin/python3 "$top/tests/oracle/gaps.py" "$epistograph"
done_testing
