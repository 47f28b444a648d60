"""Charts of real archives: the numbers drawn are those of tests/oracle/calendar_time.py, and of a
pair's delays those that tests/oracle/delays.py finds in the mail itself."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = os.path.join(HERE, "..", "oracle", "calendar_time.py")
DELAYS = os.path.join(HERE, "..", "oracle", "delays.py")
PAIRS = 12
CHARTS = ["lifelines", "rhythm", "calendar"]

PLACES = ["enron/enron-sent.tar.xz", "enron/allen-p", "lists/linux-man-2019-2020.mbox.xz",
          "lists/gpsd-dev", "dkim/list-gmail"]


def check_chart(tap, program, path, chart, scratch):
    case, figure = os.path.join(scratch, "figures.case"), os.path.join(scratch, "figure.svg")
    draw = subprocess.run([program, "draw", chart, "-q", "-c", case, "--kind", "all",
                           "--max-recipients", "0", "--data", "-o", figure],
                          capture_output=True, text=True, timeout=600)
    found, again = draw.stderr, draw
    if draw.returncode == 0:
        again = subprocess.run([sys.executable, ORACLE, chart, case, figure[:-4] + ".csv"],
                               capture_output=True, text=True, timeout=600)
        found = again.stdout + again.stderr
    tap.say(again.returncode == 0, f"{path}: {chart} is what Python counts",
            found.splitlines()[:10])


def check(tap, program, top, scratch):
    for path in PLACES:
        if not os.path.exists(os.path.join(top, path)):
            tap.skip(f"{path}: charts", "it is not there")
            continue
        case = os.path.join(scratch, "figures.case")
        if os.path.exists(case):
            os.unlink(case)
        subprocess.run([program, "read", "-q", "-c", case, os.path.join(top, path)],
                       capture_output=True, timeout=600)
        for chart in CHARTS:
            check_chart(tap, program, path, chart, scratch)


def check_delays(tap, program, name, case, root, at):
    """root: the mail, unpacked."""
    found = subprocess.run([sys.executable, DELAYS, *(["--at"] if at else []), program, case,
                            str(PAIRS), root], capture_output=True, text=True, timeout=600)
    lines = (found.stdout + found.stderr).splitlines()
    tap.say(found.returncode == 0, f"{name}: delays of pairs are what Python finds in the mail: "
            + (lines[-1].lstrip("# ") if lines else "nothing"), lines[:10])
