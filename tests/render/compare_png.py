"""The largest difference, of 255, between two PNGs on a coarse grid of 60 x 34 fields.

usage: compare_png.py A.png B.png

Where ink is: renderings of one drawing agree though their rasterisers differ."""
import struct
import sys
import zlib

ACROSS, DOWN = 60, 34


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def unfilter(kind, row, before, step):
    for i in range(len(row)):
        a = row[i - step] if i >= step else 0
        b = before[i]
        c = before[i - step] if i >= step else 0
        row[i] = (row[i] + (0, a, b, (a + b) // 2, paeth(a, b, c))[kind]) & 255


def read(path):
    """Width, height, bytes a pixel, rows; of eight bits a sample."""
    with open(path, 'rb') as file:
        data = file.read()
    at, packed = 8, b''
    while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        at += 12 + size
        if kind == b'IHDR':
            width, height, _, colour = struct.unpack('>IIBB', body[:10])
        if kind == b'IDAT':
            packed += body
    step = {2: 3, 6: 4, 0: 1, 4: 2}[colour]
    raw, rows, before = zlib.decompress(packed), [], bytearray(width * step)
    for y in range(height):
        start = y * (1 + width * step)
        row = bytearray(raw[start + 1:start + 1 + width * step])
        unfilter(raw[start], row, before, step)
        rows.append(row)
        before = row
    return width, height, step, rows


def coarse(path):
    """Mean of the green (or grey) samples of each field."""
    width, height, step, rows = read(path)
    for j in range(DOWN):
        ys = range(j * height // DOWN, (j + 1) * height // DOWN)
        for i in range(ACROSS):
            xs = range(i * width // ACROSS, (i + 1) * width // ACROSS)
            total = sum(rows[y][x * step + (step > 2)] for y in ys for x in xs)
            yield total // (len(ys) * len(xs))


print(max(abs(a - b) for a, b in zip(coarse(sys.argv[1]), coarse(sys.argv[2]))))
