#!/usr/bin/env python3
"""Damage archives at random, always in the same way.

usage: mutate_archives.py FROM TO COUNT

Takes the files in FROM in turn and writes COUNT of them into TO, each with bytes changed,
left out, doubled or moved, or cut short."""

import os
import random
import sys


def change(data, chance):
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(data))
        data[at] = chance.choice((0, 255, data[at] ^ 1 << chance.randrange(8), chance.randrange(256)))


def cut(data, chance):
    del data[chance.randrange(1, len(data)):]


def leave_out(data, chance):
    at = chance.randrange(len(data))
    del data[at:at + chance.choice((1, 4, 100, 5000))]


def double(data, chance):
    at = chance.randrange(len(data))
    data[at:at] = data[at:at + chance.choice((1, 4, 100, 5000))]


def move(data, chance):
    size = chance.choice((4, 100, 512))
    here, there = chance.randrange(len(data)), chance.randrange(len(data))
    data[here:here + size] = data[there:there + size]


def main():
    source, target, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    chance = random.Random(20160201)
    names = sorted(n for n in os.listdir(source) if 0 < os.path.getsize(os.path.join(source, n)) < 400_000)
    os.makedirs(target)
    for i in range(count):
        name = names[i % len(names)]
        with open(os.path.join(source, name), "rb") as file:
            data = bytearray(file.read())
        # Damage near the begin is damage to headers, and the end of a zip is its directory.
        for _ in range(chance.choice((1, 1, 2))):
            if data:
                chance.choice((change, change, cut, leave_out, double, move))(data, chance)
        with open(os.path.join(target, "%04d-%s" % (i, name)), "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main()
