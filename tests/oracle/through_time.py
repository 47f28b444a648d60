"""Compare the figures of a pair, of periods and of communities through time with the case file.

usage: through_time.py pair CASE FIGURE.svg ADDRESS ADDRESS
       through_time.py evolution CASE FIGURE.svg
       through_time.py periods CASE FIGURE.svg

What the marks say is counted again from the case's tables, message by message. Prints what
differs; exit status 1 if anything does.
"""
import datetime
import re
import sys
from collections import Counter, defaultdict
from xml.etree import ElementTree

import differences
from differences import expect
from tables import IMPLAUSIBLE, LIST, PERSONAL, Tables

SVG = "{http://www.w3.org/2000/svg}"
RECIPIENTS_MAX = 100
HOUR, DAY = 3600, 86400
CLASSES = [HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 28 * DAY]


class Case(Tables):
    def messages(self):
        """Id, instant (None if it cannot be used), sender and recipients of those in a network."""
        for row, instant, verdict, sender in self.db.execute(
                "SELECT id, instant, date_verdict, sender FROM message "
                "WHERE original IS NULL AND kind IN (?, ?)", (PERSONAL, LIST)):
            sender = self.person.get(sender)
            recipients = self.recipients[row] - {sender}
            if sender is not None and recipients and len(recipients) <= RECIPIENTS_MAX:
                yield row, None if verdict == IMPLAUSIBLE else instant, sender, recipients

    def delays(self, answerer, asked):
        """Seconds of the answers of one to the other, by what a header says. Mail to one that is
        passed on to somebody else is no answer."""
        for (kind, sender, instant, verdict, parent, parent_instant, parent_verdict, row,
             parent_row) in self.db.execute(
                "SELECT m.kind, m.sender, m.instant, m.date_verdict, p.sender, p.instant, "
                "p.date_verdict, m.id, ifnull(p.original, p.id) FROM message m JOIN thread t ON t.message = m.id "
                "JOIN message p ON p.id = t.parent JOIN thread_link l ON l.number = t.link "
                "WHERE m.original IS NULL AND l.word <> 'subject'"):
            if (kind in (PERSONAL, LIST) and self.person.get(sender) == answerer
                    and self.person.get(parent) == asked
                    and None not in (instant, parent_instant)
                    and IMPLAUSIBLE not in (verdict, parent_verdict)
                    and instant >= parent_instant
                    and (answerer not in self.recipients[parent_row]
                         or asked in self.recipients[row])):
                yield instant - parent_instant


def month(instant):
    return datetime.datetime.fromtimestamp(instant, datetime.timezone.utc).strftime("%Y-%m")


def year(instant):
    return month(instant)[:4]


def marks(path, pattern):
    """Match of the id, title, element."""
    for group in ElementTree.parse(path).iter(SVG + "g"):
        found = re.fullmatch(pattern, group.get("id", ""))
        if found:
            title = group.find(SVG + "title")
            yield found, title.text if title is not None else "", group


def number(text):
    return int(text.replace(",", ""))


def check_pair(case, path, addresses):
    who = [case.by_address[address] for address in addresses]
    bars = [Counter(), Counter()]
    for _, instant, sender, recipients in case.messages():
        for i in range(2):
            if instant is not None and sender == who[i] and who[1 - i] in recipients:
                bars[i][month(instant)] += 1
    drawn = [Counter(), Counter()]
    for found, title, _ in marks(path, r"bar-(\d+-\d+)-s([12])"):
        drawn[int(found[2]) - 1][found[1]] = number(re.search(r": ([\d,]+) message", title)[1])
    for i in range(2):
        expect(f"messages per month of {addresses[i]}", drawn[i], bars[i])
        delays = Counter(sum(delay >= bound for bound in CLASSES) + 1
                         for delay in case.delays(who[i], who[1 - i]))
        classes = {int(found[1]): number(re.search(r": ([\d,]+) message", title)[1])
                   for found, title, _ in marks(path, rf"delay-(\d)-s{i + 1}")}
        expect(f"delays of {addresses[i]}", classes, dict(delays))
        if not bars[i]:
            expect("messages of somebody", 0, 1)    # a pair that compares nothing


def years_of(case):
    people, mail = defaultdict(set), defaultdict(Counter)
    for _, instant, sender, recipients in case.messages():
        if instant is None:
            continue
        people[year(instant)] |= recipients | {sender}
        for recipient in recipients:
            mail[year(instant)][sender] += 1
            mail[year(instant)][recipient] += 1
    return people, mail


def check_evolution(case, path):
    people, _ = years_of(case)
    periods = defaultdict(lambda: [0, 0, 0])    # people, new, not in the next
    names = {}
    for found, title, _ in marks(path, r"group-(\d+)-\d+"):
        period = int(found[1])
        names[period] = title[:4]
        for i, pattern in enumerate((r": ([\d,]+) pe", r"; ([\d,]+) new", r"; ([\d,]+) not")):
            count = re.search(pattern, title)
            periods[period][i] += number(count[1]) if count else 0
    flows = Counter()
    for found, title, _ in marks(path, r"flow-(\d+)-\d+-\d+"):
        flows[int(found[1])] += number(re.search(r": ([\d,]+) pe", title)[1])
    for period, (count, new, gone) in sorted(periods.items()):
        now, before, after = (people[str(int(names[period]) + step)] for step in (0, -1, 1))
        expect(f"people of {names[period]}", count, len(now))
        if period > 1:
            expect(f"new in {names[period]}", new, len(now - before))
        if period < max(periods):
            expect(f"going on from {names[period]}", flows[period], len(now & after))
            expect(f"not in the year after {names[period]}", gone, len(now - after))
    expect("periods with people are many", len(periods) > 3, True)


def check_periods(case, path):
    people, mail = years_of(case)
    for found, _, group in marks(path, r"period-(\d+)"):
        texts = [text.text or "" for text in group.findall(SVG + "text")]
        name, head = texts[0], texts[1]
        count = 0 if head == "no messages" else number(re.match(r"([\d,]+)", head)[1])
        expect(f"people of {name}", count, len(people[name]))
        dots = []
        for dot in group.iter(SVG + "g"):
            if re.fullmatch(rf"node-\d+-p{found[1]}", dot.get("id", "")):
                title = dot.find(SVG + "title").text
                dots.append(number(re.search(r", messages sent and received: ([\d,]+)$", title)[1]))
        drawn = re.search(r", ([\d,]+) drawn", head)
        expected = 0 if "none of them drawn" in texts else len(people[name])
        expect(f"dots of {name}", len(dots), number(drawn[1]) if drawn else expected)
        # Who has which number is not said by an id; nobody may have one that is not counted.
        surplus = Counter(dots) - Counter(mail[name].values())
        expect(f"messages of nobody in {name}", sorted(surplus), [])


def main(figure, path, svg, *addresses):
    case = Case(path)
    if figure == "pair":
        check_pair(case, svg, addresses)
    else:
        {"evolution": check_evolution, "periods": check_periods}[figure](case, svg)
    return differences.count > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
