#!/usr/bin/env python3
"""Compare who is whom in case files with the truth of their demonstration archives.

usage: check_persons.py DIR CASE [DIR CASE]...

Pairs of addresses that are one person, among all addresses that are mentioned; those
of offices, lists and machines are nobody's. Prints TAP, and the figures as comments."""

import itertools
import sqlite3
import sys
from collections import Counter, defaultdict

from truth import Tap, rows


def pairs_of(person_of):
    """All unordered pairs of addresses with the same person."""
    groups = defaultdict(list)
    for address, person in person_of.items():
        groups[person].append(address)
    return {pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)}


def main():
    tap = Tap()
    right = joined = true = 0
    wrong, offices, namesakes = [], [], Counter()
    for directory, case in zip(sys.argv[1::2], sys.argv[2::2]):
        truth = [row for row in rows(directory, "addresses.csv") if row["mentioned"] == "1"]
        want = {row["address"]: row["person"] or "nobody " + row["address"] for row in truth}
        db = sqlite3.connect(f"file:{case}?mode=ro", uri=True)
        got = dict(db.execute("SELECT address.address, main.address FROM address"
                              " JOIN address AS main ON main.id = address.person"))
        got_pairs, want_pairs = pairs_of(got), pairs_of(want)
        right += len(got_pairs & want_pairs)
        joined += len(got_pairs)
        true += len(want_pairs)
        wrong += sorted(got_pairs - want_pairs)
        missing = len(want_pairs - got_pairs)
        offices += [pair for pair in got_pairs - want_pairs
                    if any(want[address].startswith("nobody") for address in pair)]
        names = defaultdict(set)
        for row in rows(directory, "people.csv"):
            names[row["name"]].add(row["person"])
        namesakes.update(len(persons) for persons in names.values() if len(persons) > 1)
        print(f"# {directory}: {len(got_pairs)} pairs joined, {len(got_pairs & want_pairs)} rightly,"
              f" {missing} missed")
        for pair in sorted(want_pairs - got_pairs):
            print("#   missed:", *pair)
    print(f"# precision {right / max(1, joined):.4f}, recall {right / max(1, true):.4f} over {true} pairs;"
          f" names of several people: {sum(namesakes.values())}")
    tap.fact("of the pairs joined 99 in 100 are one person", joined and right / joined >= 0.99, wrong)
    tap.fact("of the pairs that are one person 9 in 10 are joined", true and right / true >= 0.9)
    tap.fact("no address of an office, a list or a machine is anybody's", not offices, offices)
    tap.fact("there are namesakes to be told apart", sum(namesakes.values()) >= 10)
    tap.finish()


if __name__ == "__main__":
    main()
