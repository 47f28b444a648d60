"""The tables of a case file that charts are reckoned from again."""
import sqlite3
from collections import defaultdict

PERSONAL, LIST = 0, 1                           # kinds that make ties by default
FROM_DATE = 1
TO, CC, BCC = 3, 4, 5
IMPLAUSIBLE = 3


class Tables:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.person = dict(self.db.execute("SELECT id, person FROM address"))
        self.by_address = dict(self.db.execute("SELECT address, person FROM address"))
        self.recipients = defaultdict(set)
        for message, address in self.db.execute(
                "SELECT ifnull(original, message.id), mention.address FROM mention"
                " JOIN message ON message.id = mention.message"
                " WHERE role IN (?, ?, ?) AND mention.address IS NOT NULL", (TO, CC, BCC)):
            # Whom a copy alone names, in Bcc, the message went to.
            self.recipients[message].add(self.person[address])
