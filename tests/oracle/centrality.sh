#!/bin/sh
# Centralities, communities, backbone and rank against NetworkX and python-igraph.
# Speaks TAP. BUILD is the build folder (default: build).
set -u
cd "$(dirname "$0")/../.." || exit 3
python=/usr/bin/python3                 # the system's own: it has Debian's modules
program=${BUILD:-build}/tests/oracle/measure_graph
if [ ! -x "$program" ]; then
	echo "Bail out! $program is not built: run make tools"
	exit 3
fi
if ! "$python" -c 'import networkx, igraph, scipy' 2>/dev/null; then
	echo "Bail out! networkx, igraph and scipy for $python are missing:" \
	     "apt-get install python3-networkx python3-igraph python3-scipy"
	exit 3
fi
exec "$python" tests/oracle/compare_graph.py "$program"
