#!/usr/bin/python3
"""Mail with DKIM signatures made here, and what each is worth by the way it was made.

usage: make_signed.py DIR     makes DIR/mail, DIR/keys.txt, DIR/keys.py (the same for dkimpy),
                              DIR/expected.tsv (Message-ID without domain, status, result)

The signer follows RFC 6376 (relaxed/relaxed) and signs with openssl: it shares nothing with the
program, nor with libopendkim.
"""
import base64
import hashlib
import os
import re
import subprocess
import sys
import zipfile

out = sys.argv[1]
keys, records, expected = {}, [], []


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True).stdout


def make_key(name, bits):
    """An RSA key, or for bits = 0 an Ed25519 one: its file, and p= of its record."""
    path = os.path.join(out, name + ".pem")
    if bits:
        openssl("genrsa", "-out", path, str(bits))
        public = openssl("rsa", "-in", path, "-pubout", "-outform", "DER")
    else:
        openssl("genpkey", "-algorithm", "ed25519", "-out", path)
        public = openssl("pkey", "-in", path, "-pubout", "-outform", "DER")[-32:]
    keys[name] = path, "ed25519" if not bits else "rsa", base64.b64encode(public).decode()


def publish(name, selector, domain, form="%s v=DKIM1; k=%s; p=%s"):
    _, kind, public = keys[name]
    records.append(form % ("%s._domainkey.%s" % (selector, domain), kind, public))


def relaxed(name, value):
    return name.lower().strip() + ":" + re.sub(r"[ \t]+", " ", re.sub(r"\r?\n", "", value)).strip()


def relaxed_body(body):
    lines = [re.sub(r"[ \t]+", " ", line).rstrip(" ") for line in body.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(line + "\r\n" for line in lines).encode()


def sign(fields, body, key="new", domain="example.org", selector="s1", algorithm="rsa-sha256",
         names=("From", "To", "Subject", "Date"), length=None, more=""):
    """A DKIM-Signature field, folded, for fields [(name, value)] and a body with bare newlines."""
    path, kind, _ = keys[key]
    digest = "sha1" if algorithm.endswith("sha1") else "sha256"
    canonical = relaxed_body(body)[:length]
    value = " v=1; a=%s; c=relaxed/relaxed;\n\td=%s; s=%s; %s%s\n h=%s;\n bh=%s;\n b=" % (
        algorithm, domain, selector, "l=%d; " % length if length is not None else "", more,
        ":".join(names), base64.b64encode(hashlib.new(digest, canonical).digest()).decode())
    left, signed = list(fields), []
    for name in names:              # of several the lowest that is left
        for i in range(len(left) - 1, -1, -1):
            if left[i][0].lower() == name.lower():
                signed.append(relaxed(*left.pop(i)) + "\r\n")
                break
    data = "".join(signed).encode() + relaxed("DKIM-Signature", value).encode()
    if kind == "ed25519":
        hashed = os.path.join(out, "hash")
        with open(hashed, "wb") as file:
            file.write(hashlib.sha256(data).digest())
        made = openssl("pkeyutl", "-sign", "-inkey", path, "-rawin", "-in", hashed)
        os.unlink(hashed)
    else:
        made = openssl("dgst", "-" + digest, "-sign", path, data=data)
    text = base64.b64encode(made).decode()
    return "DKIM-Signature", value + "\n\t".join(text[i:i + 70] for i in range(0, len(text), 70))


def message(id, sender="ann@example.org", subject=None):
    return [("From", " Ann Lee <%s>" % sender), ("To", " bo@b.example"),
            ("Subject", " " + (subject or "About " + id)),
            ("Date", " Thu, 14 Jul 2016 10:00:00 +0000"), ("Message-ID", " <%s@test>" % id)]


def text_of(fields, body):
    return "".join(name + ":" + value + "\n" for name, value in fields) + "\n" + body


def write(path, text, newline="\n"):
    path = os.path.join(out, "mail", path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline=newline) as file:
        file.write(text)


def expect(id, status, result):
    expected.append("%s\t%s\t%s\n" % (id, status, result))


BODY = "Dear  Bo,\n\nthe bridge is   open. \n\n\n"


def one(id, status, result, sender="ann@example.org", newline="\n", change=None, **how):
    """A message in a file of its own, signed; change() is what happened to it on the way."""
    fields = message(id, sender)
    fields = [sign(fields, BODY, **how)] + fields
    text = text_of(fields, BODY)
    write(id + ".eml", change(text) if change else text, newline)
    expect(id, status, result)


def make_files():
    one("good", "verified", "pass")
    one("crlf", "verified", "pass", newline="\r\n")
    one("rotated", "verified", "pass", key="old")
    one("below", "verified", "pass", sender="ann@mail.example.org")
    one("above", "verified", "pass", domain="mail.example.org")
    one("capitals", "verified", "pass", sender="Ann@Example.ORG", domain="EXAMPLE.org")
    one("idna", "verified", "pass", sender="ann@bücher.example", domain="xn--bcher-kva.example")
    one("beside", "other-domain", "pass", sender="ann@www.example.org", domain="mail.example.org")
    one("other", "other-domain", "pass", domain="list.example", key="list")
    one("suffix", "other-domain", "pass", sender="ann@notexample.org")
    one("body", "failing", "fail", change=lambda text: text.replace("open", "shut"))
    one("subject", "failing", "fail", change=lambda text: text.replace("About", "Forget"))
    one("prefix", "failing", "fail", change=lambda text: text.replace("Dear", "Dearest Dear"))
    one("nokey", "untestable", "untestable", selector="lost")
    one("revoked", "untestable", "untestable", selector="gone")
    one("odd", "untestable", "untestable", algorithm="rsa-md5")
    one("sha1", "untestable", "weak", algorithm="rsa-sha1")
    one("short", "untestable", "weak", key="short", selector="short")
    one("ed25519", "verified", "pass", key="ed", selector="ed", algorithm="ed25519-sha256")
    one("later", "verified", "pass", more="t=1468490400; x=1469095200;")
    one("expired", "verified", "pass", more="t=1468400000; x=1468400001;")
    one("part", "verified", "pass", length=len(relaxed_body(BODY)),
        change=lambda text: text + "What stands here was added.\n")
    one("bare", "failing", "fail", names=("To", "Date"))
    one("thin", "verified", "pass", names=("From",))
    one("twofrom", "failing", "fail", change=lambda text: "From: Eve <eve@example.org>\n" + text)


def make_several():
    """More than one signature: the best of them is the message's."""
    for id, status, results, hows in (
            ("both", "verified", "pass,pass", ({}, {"domain": "list.example", "key": "list"})),
            ("broken", "other-domain", "pass,fail", ({"domain": "list.example", "key": "list"},
                                                     {"key": "list"})),
            ("hope", "untestable", "fail,untestable", ({"key": "list"}, {"selector": "lost"})),
            ("foreign", "failing", "untestable,fail", ({"domain": "x.example"}, {"key": "list"}))):
        fields = message(id)
        signatures = [sign(fields, BODY, **how) for how in hows]
        write(id + ".eml", text_of(signatures + fields, BODY))
        expect(id, status, results)
    # From is the list's, and so is the signature; the author is Ann.
    fields = [("From", " Ann Lee via Trees <trees@list.example>"),
              ("X-Original-From", " Ann Lee <ann@example.org>"),
              ("List-Id", " <trees.list.example>")] + message("munged")[1:]
    write("munged.eml", text_of([sign(fields, BODY, domain="list.example", key="list")] + fields, BODY))
    expect("munged", "other-domain", "pass")
    write("unsigned.eml", text_of(message("unsigned"), BODY))
    expect("unsigned", "unsigned", "")
    write("empty.eml", text_of([sign(message("empty"), "")] + message("empty"), ""))
    expect("empty", "verified", "pass")


def make_containers():
    box = ""
    for id, body, quoted in (
            ("quoted", "From here on.\n>From there.\n", ">From here on.\n>>From there.\n"),
            ("asis", ">From Ann's letter\n", ">From Ann's letter\n"),
            ("plain", "Nothing to quote.\n", "Nothing to quote.\n")):
        fields = message(id)
        fields = [sign(fields, body)] + fields
        box += "From ann@example.org Thu Jul 14 10:00:00 2016\n" + text_of(fields, quoted) + "\n"
        expect(id, "verified", "pass")
    write("box.mbox", box)

    fields = message("zipped")
    with zipfile.ZipFile(os.path.join(out, "mail", "box.zip"), "w") as file:
        file.writestr("in/a.eml", text_of([sign(fields, BODY)] + fields, BODY))
    expect("zipped", "verified", "pass")

    fields = message("inside")
    inner = text_of([sign(fields, BODY)] + fields, BODY)
    write("outer.eml", text_of(message("outer"), "").rstrip("\n") + (
        "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: message/rfc822\n\n%s\n--b--\n") % inner)
    expect("outer", "unsigned", "")
    expect("inside", "verified", "pass")


def make_copies():
    """A list's copy is spoilt, the one that came directly is not."""
    fields = message("copied")
    whole = text_of([sign(fields, BODY)] + fields, BODY)
    write("a-list/copied.eml", whole + "-- \nTrees mailing list\n")
    write("b-direct/copied.eml", whole)
    expect("copied", "verified", "fail,pass")


def main():
    os.makedirs(os.path.join(out, "mail"))
    for name, bits in ("new", 2048), ("old", 2048), ("list", 2048), ("short", 768), ("ed", 0):
        make_key(name, bits)
    publish("new", "s1", "example.org")
    publish("old", "s1", "example.org")
    publish("new", "s1", "mail.example.org", '%s. 3600 IN TXT "v=DKIM1; k=%s; " "p=%s"')
    publish("new", "s1", "xn--bcher-kva.example")
    publish("list", "s1", "list.example", "%s\tk=%s; p=%s")
    publish("short", "short", "example.org")
    publish("ed", "ed", "example.org")
    records.append("gone._domainkey.example.org v=DKIM1; p=")
    records.append("x._domainkey.example.org NXDOMAIN")
    make_files()
    make_several()
    make_containers()
    make_copies()
    with open(os.path.join(out, "keys.txt"), "w") as file:
        file.write("# made for a test\n\n" + "\n".join(records) + "\n")
    with open(os.path.join(out, "expected.tsv"), "w") as file:
        file.write("".join(sorted(expected)))


main()
