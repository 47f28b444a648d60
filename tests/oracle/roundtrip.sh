#!/bin/sh
# What is exported is read back the same by NetworkX, igraph, Python's csv and
# json, and is the same bytes each time. Speaks TAP.
# usage: tests/oracle/roundtrip.sh         BUILD=DIR where the programs are [build]
set -eu
here=$(dirname "$0")
sample=${BUILD:-build}/tests/oracle/export_sample
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/first" "$folder/second"
"$sample" "$folder/first"
"$sample" "$folder/second"
if diff -r "$folder/first" "$folder/second" >&2; then
	echo "ok - two runs write the same bytes"
else
	echo "not ok - two runs write the same bytes"
fi
/usr/bin/python3 "$here/roundtrip.py" "$folder/first"
