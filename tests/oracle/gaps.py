"""Compare the silences that `draw timeline` hatches with the rule of timeline.h.

usage: gaps.py EPISTOGRAPH

Chances are fractions of binomial coefficients here, not sums of logarithms. Archives are made
with seeds: lively, sparse, bursts, office hours, with and without long silences.
Prints what differs; exit status 1 if anything does.
"""
import datetime
import os
import random
import re
import subprocess
import sys
import tempfile
from fractions import Fraction
from math import comb

STEPS, LEAST_DAYS, QUIET_DAYS = 20, 7, 365
START = datetime.date(2010, 1, 4)               # a Monday


def chance(steps, silent):
    """That one step among these has so many silent days or more."""
    days = sum(steps)
    return Fraction(comb(days, len(steps)), comb(days + silent, len(steps)))


def expected_gaps(days):
    days = sorted(set(days))
    steps = [b - a for a, b in zip(days, days[1:])]
    gaps = set()
    for i, step in enumerate(steps):
        before, after = steps[max(i - STEPS, 0):i], steps[i + 1:i + 1 + STEPS]
        silent = step - 1
        if (silent >= LEAST_DAYS and chance(before, silent) <= Fraction(1, 100)
                and chance(after, silent) <= Fraction(1, 100)
                and len(steps) * chance(before + after, silent) <= Fraction(1, 1000)):
            gaps.add((days[i] + 1, silent))
    return gaps


def expected_quiet(days, gaps):
    """The first and last day of the longest silence that is no gap: a year, or more than a gap."""
    days = sorted(set(days))
    least = min([QUIET_DAYS] + [silent + 1 for _, silent in gaps])
    silences = [(a + 1, b - a - 1) for a, b in zip(days, days[1:]) if b - a - 1 >= least]
    longest = max((s for s in silences if s not in gaps), key=lambda s: s[1], default=None)
    return longest and (longest[0], longest[0] + longest[1] - 1)


def drawn_quiet(text):
    words = " ".join(re.sub("<[^>]*>", " ", text).split())
    named = re.search(r"Not hatched: (\d+ \w+ \d+) to (\d+ \w+ \d+), a silence", words)
    return named and tuple((datetime.datetime.strptime(day, "%d %B %Y").date() - START).days
                           for day in named.groups())


def drawn_gaps(program, days, folder):
    """Days and lengths of the hatched marks of an SVG, and the silence said not to be one."""
    mbox, case, chart = (os.path.join(folder, name) for name in ("a.mbox", "case", "a.svg"))
    with open(mbox, "w", encoding="ascii") as out:
        for i, day in enumerate(days):
            date = START + datetime.timedelta(day)
            out.write(f"From a@x.example Mon Jan  4 00:00:00 2010\nFrom: a@x.example\n"
                      f"To: b@x.example\nMessage-ID: <{i}@x.example>\n"
                      f"Date: {date.strftime('%d %b %Y')} 12:00:00 +0000\n\nx\n\n")
    subprocess.run([program, "read", "-q", "-c", case, mbox], check=True)
    subprocess.run([program, "draw", "timeline", "-q", "-c", case, "-o", chart], check=True)
    with open(chart, encoding="utf-8") as svg:
        text = svg.read()
    for name in (mbox, case, chart):
        os.remove(name)
    found = set()
    for date, silent in re.findall(r'id="gap-(\d{4}-\d\d-\d\d)".*?no mail for ([\d,]+) day', text):
        found.add(((datetime.date.fromisoformat(date) - START).days,
                   int(silent.replace(",", ""))))
    return found, drawn_quiet(text)


def walk(steps):
    days = [0]
    for step in steps:
        days.append(days[-1] + step)
    return days


def archives():
    draw = random.Random(1)

    def steps(count, mean):
        return [1 + int(draw.expovariate(1 / mean)) for _ in range(count)]

    yield "one day", [0]
    yield "two days", [0, 900]
    yield "lively, once silent for each number of days from 2 to 20", walk(
        step for silent in range(2, 21) for step in steps(40, 0.3) + [silent + 1])
    yield "sparse, once silent for 30 to 300 days", walk(
        step for silent in range(30, 301, 30) for step in steps(25, 12) + [silent + 1])
    yield "lively, then sparse", walk(steps(200, 0.5) + steps(60, 20))
    yield "few days on either side", walk(steps(6, 0.4) + [9] + steps(5, 0.4) + [14] + [1, 1])
    yield "office hours", [day for day in range(1500) if day % 7 < 5 and day % 400 not in
                           range(340, 340 + 5 * (day // 400 + 1))]
    yield "bursts", walk(int(draw.paretovariate(0.8)) for _ in range(150))
    yield "a year and more after few", [0, 90, 300, *range(830, 900)]
    yield "two such years", [0, 90, 500, 1000, *range(1500, 1600, 2)]
    yield "only chance", walk(steps(800, 3))


def main():
    program, status, marked, quiets = sys.argv[1], 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, days in archives():
            expected = expected_gaps(days)
            drawn, told = drawn_gaps(program, days, folder)
            marked += len(expected)
            quiet = expected_quiet(days, expected)
            quiets += quiet is not None
            if quiet != told:
                print(f"{name}: not hatched and to be told {quiet}, told {told}")
                status = 1
            if expected != drawn:
                print(f"{name}: not drawn {sorted(expected - drawn)}, "
                      f"drawn all the same {sorted(drawn - expected)}")
                status = 1
    if quiets < 3:
        print(f"only {quiets} long silences were not to be hatched: nothing was tried")
        status = 1
    if marked < 15:
        print(f"only {marked} silences were to be hatched: nothing was tried")
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
