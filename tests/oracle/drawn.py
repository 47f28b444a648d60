"""What the oracles of charts share: telling differences, the case file, the marks of an SVG."""
import re
import sqlite3
from collections import defaultdict
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
TO, CC, BCC = 3, 4, 5                           # roles
IMPLAUSIBLE = 3                                 # verdict on a date
differences = []


def expect(fact, drawn, reckoned):
    if drawn != reckoned:
        differences.append(fact)
        print(f"{fact}: drawn {drawn}, reckoned {reckoned}")


def number(text):
    return int(text.replace(",", ""))


class Case:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.person = dict(self.db.execute("SELECT id, person FROM address"))
        self.by_address = dict(self.db.execute("SELECT address, person FROM address"))

    def recipients(self):
        """Persons in To, Cc or Bcc of each message, those whom a copy alone names among them."""
        found = defaultdict(set)
        for message, address in self.db.execute(
                "SELECT ifnull(original, message.id), mention.address FROM mention"
                " JOIN message ON message.id = mention.message"
                " WHERE role IN (?, ?, ?) AND mention.address IS NOT NULL", (TO, CC, BCC)):
            found[message].add(self.person[address])
        return found


class Figure:
    def __init__(self, path):
        self.groups = [g for g in ElementTree.parse(path).iter(SVG + "g") if g.get("id")]

    def marks(self, pattern):
        """Of each mark whose id is so: the match, its title or "", its element."""
        for group in self.groups:
            found = re.fullmatch(pattern, group.get("id"))
            if found:
                title = group.find(SVG + "title")
                yield found, title.text if title is not None else "", group
