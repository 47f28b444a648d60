#!/usr/bin/env python3
"""Write archives of every kind, with what has to become of all that is in them.

usage: make_archives.py DIR

DIR/mail holds the archives, DIR/loose the same mail as files. DIR/expected.csv has a row
for each file and each member: path (percent-encoded), outcome, number of messages. The
archives are made by Python's own modules and by 7z, cpio, zip, tar, zstd and lz4."""

import bz2
import csv
import gzip
import io
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
import zlib
from urllib.parse import quote_from_bytes


def letter(number, body="Hello.\n"):
    return (f"From: Ann <ann{number}@a.example>\nTo: bo@b.example\nSubject: letter {number}\n"
            f"Message-ID: <{number}@archives.example>\n"
            f"Date: Mon, 1 Feb 2016 10:{number // 60:02d}:{number % 60:02d} +0000\n\n{body}").encode()


def mailbox(numbers):
    return b"".join(b"From ann@a.example Mon Feb  1 10:00:00 2016\n" + letter(n) + b"\n" for n in numbers)


NOTES = b"not mail at all\n"
# name, content, what it is, how many messages
MEMBERS = [
    ("a/one.eml", letter(1), "mail", 1),
    ("a/two.eml", letter(2, "A line of a longer body.\n" * 4000), "mail", 1),
    ("inbox.mbox", mailbox([3, 4, 5]), "mail", 3),
    ("empty.eml", b"", "empty", 0),
    ("notes.txt", NOTES, "not-mail", 0),
]


class Shelf:
    """Archives, and what is expected of them."""

    def __init__(self, directory):
        self.root = directory
        self.mail = os.path.join(directory, "mail")
        self.loose = os.path.join(directory, "loose")
        self.rows = []
        os.makedirs(self.mail)
        for name, data, _, _ in MEMBERS:
            path = os.path.join(self.loose, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)

    def path(self, name):
        return os.path.join(self.mail, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)

    def expect(self, path, outcome, messages=0):
        path = path if isinstance(path, bytes) else path.encode()
        self.rows.append((quote_from_bytes(b"mail/" + path, safe="/"), outcome, messages))

    def expect_members(self, archive, outcome="container", members=None):
        self.expect(archive, outcome)
        for name, _, what, messages in MEMBERS if members is None else members:
            self.expect(archive + "/" + name, what, messages)

    def run(self, *command, **more):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **more)


# ---- making archives in memory ----

def zip_of(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data, *_ in members:
            archive.writestr(zipfile.ZipInfo(name, (2016, 2, 1, 10, 0, 0)), data, method)
    return out.getvalue()


def entry(name, data=b"", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = len(data), kind, link
    return info, data


def tar_of(entries, form=tarfile.USTAR_FORMAT, encoding="utf-8"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding=encoding,
                      errors="surrogateescape") as archive:
        for info, data in entries:
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tar_of_members(members=None, form=tarfile.USTAR_FORMAT):
    members = MEMBERS if members is None else members
    return tar_of([entry("a/", kind=tarfile.DIRTYPE)] + [entry(m[0], m[1]) for m in members], form)


def old_tar_of_members():
    """The form of 1979, without a magic: the header ends with the link's name."""
    out = bytearray(tar_of_members())
    at = 0
    while out[at]:
        size = int(out[at + 124:at + 135], 8)
        out[at + 257:at + 512] = bytes(255)
        if out[at + 156] == ord("5"):
            out[at + 156] = 0
        total = sum(out[at:at + 148]) + 8 * 32 + sum(out[at + 156:at + 512])
        out[at + 148:at + 156] = b"%06o\0 " % total
        at += 512 + (size + 511) // 512 * 512
    return bytes(out)


def rar_of(members):
    """RAR 4, stored. No free program writes it; the form is in unrar's technote.txt."""
    def block(kind, flags, fields, data=b""):
        size = 7 + len(fields)
        head = bytes([kind]) + flags.to_bytes(2, "little") + size.to_bytes(2, "little") + fields
        return (zlib.crc32(head) & 0xffff).to_bytes(2, "little") + head + data

    out = b"Rar!\x1a\x07\0" + block(0x73, 0, bytes(6))
    for name, data, *_ in members:
        name = name.replace("/", "\\").encode()
        fields = (len(data).to_bytes(4, "little") * 2 + b"\x03" + zlib.crc32(data).to_bytes(4, "little")
                  + (0x48415000).to_bytes(4, "little") + b"\x14\x30" + len(name).to_bytes(2, "little")
                  + (0o100644).to_bytes(4, "little") + name)
        out += block(0x74, 0x8000, fields, data)
    return out + block(0x7b, 0x4000, b"")


# ---- the shelves ----

def write_forms(shelf):
    """Every form with the same members. Names say nothing of what a file is."""
    shelf.write("deflated", zip_of(MEMBERS))
    shelf.write("stored", zip_of(MEMBERS, zipfile.ZIP_STORED))
    shelf.write("rar", rar_of(MEMBERS))
    shelf.write("tar-old", old_tar_of_members())
    for name, form in (("ustar", tarfile.USTAR_FORMAT), ("gnutar", tarfile.GNU_FORMAT),
                       ("pax", tarfile.PAX_FORMAT)):
        shelf.write(name, tar_of_members(form=form))
    tar = tar_of_members()
    shelf.write("tar-gz", gzip.compress(tar))
    shelf.write("tar-bz2", bz2.compress(tar))
    shelf.write("tar-xz", lzma.compress(tar))
    shelf.write("tar-gz-xz", lzma.compress(gzip.compress(tar)))
    names = [name for name, *_ in MEMBERS]
    for program, name in (("zstd", "tar-zst"), ("lz4", "tar-lz4")):
        shelf.write(name, subprocess.check_output([program, "-q", "-c"], input=tar))
    for form in ("newc", "odc", "bin"):
        with open(shelf.path("cpio-" + form), "wb") as out:
            subprocess.run(["cpio", "-o", "--quiet", "-H", form], input="\n".join(names).encode(),
                           stdout=out, cwd=shelf.loose, check=True)
    # 7z is kept by 7z only under its own ending.
    shelf.run("7z", "a", "-bd", shelf.path("whole.7z"), *names, cwd=shelf.loose)
    os.rename(shelf.path("whole.7z"), shelf.path("seven"))
    shelf.run("zip", "-q", "-fd", "-r", shelf.path("streamed.zip"), *names, cwd=shelf.loose)
    for name in ("deflated", "stored", "rar", "tar-old", "ustar", "gnutar", "pax", "tar-gz", "tar-bz2",
                 "tar-xz", "tar-gz-xz", "tar-zst", "tar-lz4", "cpio-newc", "cpio-odc", "cpio-bin",
                 "seven", "streamed.zip"):
        shelf.expect_members(name)


def write_compressed(shelf):
    """Over one file: what is in it is the file."""
    inbox = MEMBERS[2][1]
    for name, compress in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        shelf.write("inbox.mbox." + name, compress(inbox))
        shelf.write("one.eml." + name, compress(letter(1)))
        shelf.write("notes.txt." + name, compress(NOTES))
        shelf.write("nothing." + name, compress(b""))
        shelf.expect("inbox.mbox." + name, "mail", 3)
        shelf.expect("one.eml." + name, "mail", 1)
        shelf.expect("notes.txt." + name, "not-mail")
        shelf.expect("nothing." + name, "empty")
    for program in ("zstd", "lz4"):
        shelf.write("inbox." + program, subprocess.check_output([program, "-q", "-c"], input=inbox))
        shelf.expect("inbox." + program, "mail", 3)
    shelf.write("two-parts.gz", gzip.compress(mailbox([3])) + gzip.compress(mailbox([4])))
    shelf.expect("two-parts.gz", "mail", 2)
    shelf.write("box.zip.gz", gzip.compress(zip_of(MEMBERS)))
    shelf.expect_members("box.zip.gz")


def nested(depth):
    """A mailbox in so many tars and zips."""
    data = zip_of([("inbox.mbox", mailbox([3, 4, 5]))])
    for i in range(1, depth):
        data = tar_of([entry("box", data)]) if i % 2 else zip_of([("box", data)])
    return data


def write_nested(shelf):
    inner = zip_of(MEMBERS)
    shelf.run("7z", "a", "-bd", shelf.path("x.7z"), "inbox.mbox", cwd=shelf.loose)
    with open(shelf.path("x.7z"), "rb") as file:
        seven = file.read()
    os.remove(shelf.path("x.7z"))
    tar = tar_of([entry("box.zip", inner), entry("box.7z", seven),
                  entry("inbox.mbox.gz", gzip.compress(mailbox([3, 4, 5]))), entry("one.eml", letter(1))])
    shelf.write("leak.tar.xz", lzma.compress(tar))
    shelf.expect("leak.tar.xz", "container")
    shelf.expect_members("leak.tar.xz/box.zip")
    shelf.expect("leak.tar.xz/box.7z", "container")
    shelf.expect("leak.tar.xz/box.7z/inbox.mbox", "mail", 3)
    shelf.expect("leak.tar.xz/inbox.mbox.gz", "mail", 3)
    shelf.expect("leak.tar.xz/one.eml", "mail", 1)
    for depth, opened in ((8, 8), (9, 8)):
        shelf.write("deep%d" % depth, nested(depth))
        chain = "deep%d" % depth
        for _ in range(opened):
            shelf.expect(chain, "container")
            chain += "/box"
        if opened == depth:
            shelf.expect(chain[:-4] + "/inbox.mbox", "mail", 3)
        else:
            shelf.expect(chain, "unreadable")


def write_odd_members(shelf):
    """Links, devices, names, and nothing at all."""
    shelf.write("links.tar", tar_of([
        entry("real.eml", letter(6)), entry("hard.eml", kind=tarfile.LNKTYPE, link="real.eml"),
        entry("soft.eml", kind=tarfile.SYMTYPE, link="/etc/passwd"), entry("fifo", kind=tarfile.FIFOTYPE),
        entry("device", kind=tarfile.CHRTYPE), entry("folder/", kind=tarfile.DIRTYPE)]))
    shelf.expect("links.tar", "container")
    for name, outcome, messages in (("real.eml", "mail", 1), ("hard.eml", "repeated", 0),
                                    ("soft.eml", "repeated", 0), ("fifo", "special", 0),
                                    ("device", "special", 0)):
        shelf.expect("links.tar/" + name, outcome, messages)

    names = ["../../../tmp/escaped.eml", "/absolute.eml", "new\nline.eml", "red\x1b[31m.eml", "\udcff\udcfe.eml",
             "twin.eml", "twin.eml", "twin.eml#2", "twin.eml", "Grüße-日本.eml", "n" * 300 + ".eml", "-rf",
             "bidi\u202e.eml"]
    final = list(names)
    final[6:9] = ["twin.eml#2", "twin.eml#2#2", "twin.eml#3"]
    for name, form in (("names.tar", tarfile.GNU_FORMAT), ("names-pax.tar", tarfile.PAX_FORMAT)):
        shelf.write(name, tar_of([entry(n, letter(10 + i)) for i, n in enumerate(names)], form))
        shelf.expect(name, "container")
        for each in final:
            shelf.expect(name.encode() + b"/" + each.encode("utf-8", "surrogateescape"), "mail", 1)
    # A zip says of a name that it is UTF-8, or nothing.
    shelf.write("names.zip", zip_of([("Grüße-日本.eml", letter(10)), ("../up.eml", letter(11)),
                                     ("x.eml", letter(12)), ("x.eml", letter(13))]))
    for name in ("", "/Grüße-日本.eml", "/../up.eml", "/x.eml", "/x.eml#2"):
        shelf.expect("names.zip" + name, "mail" if name else "container", 1 if name else 0)
    other = zip_of([("Gr??e.eml", letter(10))]).replace(b"Gr??e", b"Gr\x81\xe1e")
    shelf.write("names-dos.zip", other)
    shelf.expect("names-dos.zip", "container")
    shelf.expect(b"names-dos.zip/Gr\x81\xe1e.eml", "mail", 1)
    os.makedirs(os.path.join(shelf.root, "odd"))
    with open(os.path.join(shelf.root, "odd", "Grüße-日本.eml"), "wb") as file:
        file.write(letter(10))
    shelf.run("7z", "a", "-bd", shelf.path("names.7z"), "Grüße-日本.eml", cwd=os.path.join(shelf.root, "odd"),
              env=dict(os.environ, LC_ALL="C.UTF-8"))
    shutil.rmtree(os.path.join(shelf.root, "odd"))
    shelf.expect("names.7z", "container")
    shelf.expect("names.7z/Grüße-日本.eml", "mail", 1)
    # A member of a member, and one of the same chain.
    shelf.write("meeting.tar", tar_of([entry("box.zip/x.eml", letter(20)),
                                       entry("box.zip", zip_of([("x.eml", letter(21))]))]))
    for name, outcome in (("", "container"), ("/box.zip/x.eml", "mail"), ("/box.zip", "container"),
                          ("/box.zip/x.eml#2", "mail")):
        shelf.expect("meeting.tar" + name, outcome, 1 if outcome == "mail" else 0)

    shelf.write("no-members.zip", zip_of([]))
    shelf.expect("no-members.zip", "container")
    shelf.write("no-members.tar.gz", gzip.compress(bytes(10240)))
    shelf.expect("no-members.tar.gz", "container")

    with open(os.path.join(shelf.root, "sparse.mbox"), "wb") as file:
        file.write(mailbox([3, 4]))
        file.truncate(40 << 20)
    with open(os.path.join(shelf.root, "other.eml"), "wb") as file:
        file.write(letter(7))
    shelf.run("tar", "-S", "-cf", shelf.path("sparse.tar"), "sparse.mbox", "other.eml", cwd=shelf.root)
    shelf.expect("sparse.tar", "container")
    shelf.expect("sparse.tar/sparse.mbox", "mail", 2)
    shelf.expect("sparse.tar/other.eml", "mail", 1)


def write_documents(shelf):
    for name, first in (("letter.docx", "[Content_Types].xml"), ("sheet.xlsx", "docProps/app.xml"),
                        ("text.odt", "mimetype"), ("program.jar", "META-INF/MANIFEST.MF")):
        shelf.write(name, zip_of([(first, b"x"), ("word/document.xml", b"<x/>"), ("mail.eml", letter(9))]))
        shelf.expect(name, "not-mail")


def write_locked(shelf):
    inbox, one = "inbox.mbox", "a/one.eml"
    shelf.run("zip", "-q", "-P", "secret", shelf.path("locked.zip"), inbox, cwd=shelf.loose)
    shelf.run("zip", "-q", shelf.path("locked.zip"), one, cwd=shelf.loose)
    shelf.expect("locked.zip", "container")
    shelf.expect("locked.zip/" + inbox, "unreadable")
    shelf.expect("locked.zip/" + one, "mail", 1)
    shelf.run("7z", "a", "-bd", "-psecret", shelf.path("locked.7z"), inbox, cwd=shelf.loose)
    shelf.expect("locked.7z", "container")
    shelf.expect("locked.7z/" + inbox, "unreadable")
    shelf.run("7z", "a", "-bd", "-psecret", "-mhe", shelf.path("hidden.7z"), inbox, cwd=shelf.loose)
    shelf.expect("hidden.7z", "unreadable")
    shelf.run("7z", "a", "-bd", "-psecret", "-mem=AES256", shelf.path("aes.zip"), inbox, cwd=shelf.loose)
    shelf.expect("aes.zip", "container")
    shelf.expect("aes.zip/" + inbox, "unreadable")


def write_damaged(shelf):
    """Cut short or changed: what can be read is read, and the rest is told of."""
    good, long = ("one.eml", letter(1)), ("long.eml", letter(2, "A line.\n" * 50000))
    tar = tar_of([entry(*good), entry(*long), entry("three.eml", letter(8))])
    cut = tar[:100_000]                 # in the second of three
    shelf.write("cut.tar", cut)
    shelf.write("cut.tar.gz", gzip.compress(cut)[:-8])
    for name in ("cut.tar", "cut.tar.gz"):
        shelf.expect(name, "unreadable")
        shelf.expect(name + "/one.eml", "mail", 1)
        shelf.expect(name + "/long.eml", "unreadable", 1)
    # Messages that came out before the end of what is there, the last of them cut.
    box = mailbox(range(100))
    shelf.write("cut.mbox.gz", gzip.compress(box)[:-100])
    shelf.expect("cut.mbox.gz", "unreadable", None)
    stored = zip_of([good, long], zipfile.ZIP_STORED)
    shelf.write("cut.zip", stored[:100_000])        # with its directory gone
    shelf.expect("cut.zip", "unreadable")
    shelf.expect("cut.zip/one.eml", "mail", 1)
    shelf.expect("cut.zip/long.eml", "unreadable", 1)
    shelf.write("changed.zip", stored.replace(b"Hello.", b"Hallo."))
    shelf.expect("changed.zip", "container")
    shelf.expect("changed.zip/one.eml", "unreadable", 1)
    shelf.expect("changed.zip/long.eml", "mail", 1)
    shelf.run("7z", "a", "-bd", shelf.path("cut.7z"), "inbox.mbox", cwd=shelf.loose)
    with open(shelf.path("cut.7z"), "r+b") as file:
        file.truncate(200)
    shelf.expect("cut.7z", "unreadable")
    bad = tar_of([entry("box.zip", zip_of([good])[:60]), entry("three.eml", letter(8))])
    shelf.write("bad-inside.tar", bad)
    shelf.expect("bad-inside.tar", "container")
    shelf.expect("bad-inside.tar/box.zip", "unreadable")
    shelf.expect("bad-inside.tar/box.zip/one.eml", "unreadable", None)
    shelf.expect("bad-inside.tar/three.eml", "mail", 1)
    shelf.write("zip-magic", b"PK\x03\x04" + b"\xff" * 200)
    shelf.expect("zip-magic", "unreadable", None)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    shelf = Shelf(os.path.abspath(sys.argv[1]))
    for write in (write_forms, write_compressed, write_nested, write_odd_members, write_documents,
                  write_locked, write_damaged):
        write(shelf)
    with open(os.path.join(shelf.root, "expected.csv"), "w", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("path", "outcome", "messages"))
        writer.writerows((path, outcome, "" if messages is None else messages)
                         for path, outcome, messages in sorted(shelf.rows, key=lambda row: row[0]))


if __name__ == "__main__":
    main()
