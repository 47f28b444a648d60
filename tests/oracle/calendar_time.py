"""Reckon the numbers of lifelines, rhythm and calendar again from the case file.

usage: calendar_time.py lifelines|rhythm|calendar CASE FIGURE.csv [ADDRESS...|ZONE]

The case was read, and the figure drawn, of all kinds of mail without a limit on recipients.
Lifelines: what each person sent and received in each bin, first and last contact, their order,
and that they are the ADDRESSes, if any are given. Rhythm: hours and weekdays as Python's own
email module reads the Date fields, or in the ZONE as its zoneinfo has it. Calendar: messages
on each day or in each month. Prints what differs; exit
status 1 if anything does.
"""
import csv
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import differences
from differences import expect
from tables import FROM_DATE, IMPLAUSIBLE, Tables

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def day_of(instant):
    return datetime.fromtimestamp(instant, timezone.utc).date()


class Case(Tables):
    def dated(self):
        """Id, instant, sender's person of what has a place in time."""
        return [(i, t, self.person.get(s)) for i, t, s in self.db.execute(
            "SELECT id, instant, sender FROM message WHERE original IS NULL AND instant IS NOT NULL"
            " AND date_verdict <> ?", (IMPLAUSIBLE,))]


def check_lifelines(case, rows, addresses):
    recipients = case.recipients
    sent, received, contacts = defaultdict(Counter), defaultdict(Counter), defaultdict(list)
    for message, instant, sender in case.dated():
        for person in recipients[message] - {sender}:
            received[person][day_of(instant)] += 1
            contacts[person].append(instant)
        if sender:
            sent[sender][day_of(instant)] += 1
            contacts[sender].append(instant)
    lives = [row for row in rows if row["mark"] == "life"]
    drawn = Counter()
    for row in lives:
        person = case.by_address[row["address"]]
        name = row["address"]
        expect(f"id of {name}", row["id"], f"life-{person}")
        expect(f"sent by {name}", int(row["all_sent"]), sum(sent[person].values()))
        expect(f"received by {name}", int(row["all_received"]), sum(received[person].values()))
        expect(f"first contact of {name}", row["start"], str(day_of(min(contacts[person]))))
        expect(f"last contact of {name}", row["end"], str(day_of(max(contacts[person]))))
    for row in rows:
        if row["mark"] != "bin":
            continue
        person, start, end = (case.by_address[row["address"]], date.fromisoformat(row["start"]),
                              date.fromisoformat(row["end"]))
        for column, counts in (("sent", sent), ("received", received)):
            expect(f"{column} in {row['id']}", int(row[column]),
                   sum(n for day, n in counts[person].items() if start <= day <= end))
            drawn[row["address"], column] += int(row[column])
    for row in lives:       # no bin is missing
        for column in ("sent", "received"):
            expect(f"sum of {column} of {row['address']}", drawn[row["address"], column],
                   int(row["all_" + column]))
    order = [(min(contacts[case.by_address[r["address"]]]),
              max(contacts[case.by_address[r["address"]]])) for r in lives]
    expect("order by first contact", order, sorted(order))
    shown = {case.by_address[row["address"]] for row in lives}
    of_them = sum(sender in shown or bool(recipients[i] & shown) for i, _, sender in case.dated())
    said = {row["mark"]: int(row["messages"]) for row in rows if not row["id"]}
    expect("messages of these people", said["messages of these people"], of_them)
    expect("messages of others", said["messages of others"], len(case.dated()) - of_them)
    if addresses:
        expect("people", sorted(row["address"] for row in lives), sorted(addresses))
    return len(lives)


def python_reads(text):
    """The local time of a Date field, without a zone where it says -0000; None if unreadable."""
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None


def own_clocks(case):
    """Cells by each sender's own clock, and how many are of an unknown one."""
    cells, unknown = Counter(), 0
    for text, instant, offset, source in case.db.execute(
            "SELECT date_raw, instant, utc_offset_s, date_source FROM message WHERE original IS NULL"
            " AND instant IS NOT NULL AND date_verdict <> ?", (IMPLAUSIBLE,)):
        read = python_reads(text) if source == FROM_DATE else None
        if read and read.tzinfo:
            cells[read.weekday(), read.hour] += 1
        elif not read and offset is not None:   # a form that only we read
            local = datetime.fromtimestamp(instant, timezone.utc) + timedelta(seconds=offset)
            cells[local.weekday(), local.hour] += 1
        else:
            unknown += 1
    return cells, unknown


def one_clock(case, zone):
    local = [datetime.fromtimestamp(instant, ZoneInfo(zone)) for _, instant, _ in case.dated()]
    return Counter((time.weekday(), time.hour) for time in local), 0


def check_rhythm(case, rows, zones):
    cells, unknown = one_clock(case, zones[0]) if zones else own_clocks(case)
    for row in rows:
        if row["mark"] == "cell":
            place = WEEKDAYS.index(row["weekday"]), int(row["hour"])
            expect(f"{row['weekday']} at {row['hour']}", int(row["messages"]), cells[place])
        elif row["mark"] == "hour":
            expect(f"hour {row['hour']}", int(row["sum"]),
                   sum(n for (_, hour), n in cells.items() if hour == int(row["hour"])))
        elif row["mark"] == "weekday":
            expect(row["weekday"], int(row["sum"]),
                   sum(n for (day, _), n in cells.items() if WEEKDAYS[day] == row["weekday"]))
        elif row["mark"] == "clock not known":
            expect("of unknown clock", int(row["messages"]), unknown)
    return len([row for row in rows if row["mark"] == "cell"]) == 7 * 24 and sum(cells.values())


def check_calendar(case, rows, _):
    days = Counter(day_of(instant) for _, instant, _ in case.dated())
    drawn = [(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]),
              int(row["messages"])) for row in rows if row["mark"] in ("day", "month")]
    expect("first", drawn[0][0] <= min(days) <= drawn[0][1], True)
    expect("last", drawn[-1][0] <= max(days) <= drawn[-1][1], True)
    for (_, end, _), (start, _, _) in zip(drawn, drawn[1:]):
        expect(f"after {end}", start, end + timedelta(days=1))
    for start, end, messages in drawn:
        expect(str(start), messages, sum(n for day, n in days.items() if start <= day <= end))
    return len(drawn)


def main(chart, path, table, *wanted):
    case = Case(path)
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    check = {"lifelines": check_lifelines, "rhythm": check_rhythm, "calendar": check_calendar}
    looked_at = check[chart](case, rows, wanted)
    expect("something", bool(looked_at), True)
    return differences.count > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
