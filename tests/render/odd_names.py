"""An mbox whose people are called as nobody would draw them, for tests of drawings.

usage: odd_names.py FILE.mbox [--alike]

Of 80 characters, in other scripts, of one word, none; markup, control characters and
overrides of direction. --alike leaves out what viewers do not show alike: Emoji and Korean,
which are in no font that the tests have, and a number behind Arabic or Hebrew, whose blank Inkscape
1.2 misplaces."""
import mailbox
import sys
from email.header import Header
from email.message import Message

NAMES = ['Maximiliana Wolfeschlegelsteinhausenbergerdorff-Montgomery-Featherstonehaugh IV',
         'محمد بن عبد الله العربي الطويل الاسم', '田中 太郎左衛門', '👩‍👩‍👧‍👦 Équipe 🎉🎉🎉', 'Ivo', '', 'W' * 60,
         'i' * 80, 'Дмитрий Александрович Константинопольский-Задунайский', 'שרה לוי־כהן',
         'ผู้ดูแลระบบ จดหมายเวียน', 'Ana [office] <2nd floor> "x"', 'Łukasz & Søren', '김철수', 'O',
         'a\u0301e\u0301i\u0301' * 12, '</text><script>alert(1)</script>', '\u202egnitirw live',
         'Ann\u202e\u2066 Lee', 'Bo\x07\x1b[31mRed', ']]><!-- x', 'محمد 12', 'שרה 84 (office)']
MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()

unlike = ('🎉', '김', 'محمد 12', 'שרה 84') if '--alike' in sys.argv else ()
names = [name for name in NAMES if not any(part in name for part in unlike)]
people = [(name, f'person{i}@{"a-domain-of-quite-some-length." if i % 3 == 0 else ""}org{i % 4}.example')
          for i, name in enumerate(names + [f'Member {k}' for k in range(60)])]
box = mailbox.mbox(sys.argv[1])
n = 0
for i, (name, address) in enumerate(people):
    for k in (1, 2, 3, 5, 8, 13):
        # Within a group of sixteen, and now and then across.
        j = (i // 16 * 16 + (i + k) % 16) % len(people) if k < 8 else (i * 7 + k) % len(people)
        if i == j:
            continue
        for times in range(1 + (i * k) % 4):
            n += 1
            message = Message()
            for header, (who, where) in (('From', people[i]), ('To', people[j])):
                encoded = Header(who.encode(), 'utf-8').encode()
                message[header] = f'{encoded} <{where}>' if who else where
            message['Date'] = f'{1 + n % 28} {MONTHS[n % 12]} {2010 + n % 5} 10:{n % 60:02}:00 +0000'
            message['Message-ID'] = f'<{n}@names.example>'
            message['Subject'] = f'{n}'
            message.set_payload('.\n')
            box.add(message)
box.close()
