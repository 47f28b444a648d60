"""Print the alternative text that a PNG has in its metadata: metadata.py FILE.png"""
import struct
import sys

data = open(sys.argv[1], 'rb').read()
at = 8
while at < len(data):
    size, kind = struct.unpack('>I4s', data[at:at + 8])
    body = data[at + 8:at + 8 + size]
    at += 12 + size
    key, _, value = body.partition(b'\0')
    if kind == b'tEXt' and key == b'Description':
        print(value.decode('latin-1'))
    if kind == b'iTXt' and key == b'Description':
        # compression flag and method, language, translated key: PNG 1.2, 4.2.3.3
        print(value[2:].split(b'\0', 2)[2].decode('utf-8'))
