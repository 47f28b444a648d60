"""Tables of mail that Python's csv module writes, and what it reads from them.

make_tables.py FOLDER: writes FOLDER/*.csv and prints, for each row that names a
sender, "file<TAB>sender<TAB>recipients<TAB>subject", sorted, as csv.reader gives it.
The cells hold what breaks careless readers: quotes, separators, line ends, signs of
formulas, NUL-less control characters; the coding and the separator vary.
"""
import csv
import io
import os
import random
import sys

PIECES = ['plain', '"quoted"', 'a,b', 'a;b', 'tab\there', 'line\nend', 'cr\r\nlf', "=1+1", '@SUM(A1)',
          'é', 'ß', '""', "it's", ' lead', 'trail ', 'x' * 3000]
CODINGS = ['utf-8', 'utf-8-sig', 'utf-16', 'cp1252']
HEADER = ['Subject', 'Notes', 'To', 'Date Sent', 'From', 'Message ID']


def rows(chance, count):
    for i in range(count):
        people = [f'p{chance.randrange(40)}@example.org' for _ in range(chance.randrange(1, 5))]
        yield [' '.join(chance.choices(PIECES, k=chance.randrange(4))), ''.join(chance.choices(PIECES, k=3)),
               chance.choice(['; ', ';']).join(people[1:]), '2016-04-03 10:22', people[0], f'{i}@example.org']


def main(folder):
    chance = random.Random(7)
    lines = []
    for coding in CODINGS:
        for separator in ',;\t':
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
                name = f'{coding}-{ord(separator)}-{quoting}.csv'
                text = io.StringIO(newline='')
                writer = csv.writer(text, delimiter=separator, quoting=quoting,
                                    lineterminator=chance.choice(['\n', '\r\n']))
                writer.writerow(HEADER)
                writer.writerows([cell if i != 5 else f'{name}.{cell}' for i, cell in enumerate(row)]
                                 for row in rows(chance, 150))
                with open(os.path.join(folder, name), 'w', encoding=coding, newline='') as file:
                    file.write(text.getvalue())
                with open(os.path.join(folder, name), encoding=coding, newline='') as file:
                    for row in list(csv.reader(file, delimiter=separator, strict=True))[1:]:
                        to = sorted({part.strip() for part in row[2].split(';') if part.strip()})
                        lines.append(f'{name}\t{row[4]}\t{" ".join(to)}\t{" ".join(row[0].split())}')
    print('\n'.join(sorted(lines)))


main(sys.argv[1])
