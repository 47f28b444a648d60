"""The ground truth of a demonstration archive, and TAP lines for what agrees with it."""

import csv
import os
import sys


def rows(directory, name):
    """A table of DIR/truth as a list of dictionaries."""
    with open(os.path.join(directory, "truth", name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def totals(directory):
    return {row["name"]: int(row["count"]) for row in rows(directory, "totals.csv")}


class Tap:
    """Numbered facts; a failed one says what differs, at most ten lines of it."""

    def __init__(self):
        self.count = self.failed = 0

    def fact(self, name, good, details=()):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        for line in [] if good else list(details)[:10]:
            print(f"#   {line}")

    def equal(self, name, got, want):
        """Compare two values, or two dictionaries or sets element by element."""
        if isinstance(want, dict):
            keys = [key for key in sorted(set(got) | set(want), key=str) if got.get(key) != want.get(key)]
            details = [f"{key}: got {got.get(key)!r}, expected {want.get(key)!r}" for key in keys]
            self.fact(f"{name} ({len(want)})", not keys, [f"{len(keys)} differ"] + details)
        elif isinstance(want, set):
            details = [f"surplus: {item!r}" for item in sorted(got - want, key=str)[:5]]
            details += [f"missing: {item!r}" for item in sorted(want - got, key=str)[:5]]
            self.fact(f"{name} ({len(want)})", got == want, details)
        else:
            self.fact(name, got == want, [f"got {got!r}, expected {want!r}"])

    def finish(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed or not self.count else 0)
