"""Are the numbers beside a figure those of its marks?

usage: check_data.py FIGURE.svg   (with FIGURE.csv, FIGURE.json and FIGURE.txt beside it)

Reads all without our code: the JSON has what the CSV has; every mark of the SVG that stands for a number has a row
with its id, every row with an id a mark; the numbers in a mark's tooltip are those of
the row; columns are as high as their numbers say. Prints the sums as KEY=VALUE."""
import csv
import json
import re
import sys
import xml.etree.ElementTree as ET

SVG = '{http://www.w3.org/2000/svg}'


def integers(text):
    return [int(n.replace(',', '')) for n in re.findall(r'\b\d[\d,]*', text)]


def fail(text):
    print('FAIL', text)
    sys.exit(1)


svg_path = sys.argv[1]
stem = svg_path[:-len('.svg')]
root = ET.parse(svg_path).getroot()
rows = list(csv.DictReader(open(stem + '.csv', encoding='utf-8', newline='')))
as_json = json.load(open(stem + '.json', encoding='utf-8'))


def is_same(text, value):
    if value is None or isinstance(value, str):
        formula = value and value[0] in '=+-@'  # which a spreadsheet must not see
        return text == ("'" if formula else '') + (value or '')
    return text != '' and float(text) == value


if len(rows) != len(as_json):
    fail('the JSON has not the rows of the CSV')
for row, there in zip(rows, as_json):
    if list(row) != list(there) or not all(is_same(row[key], there[key]) for key in row):
        fail(f'the JSON has {there} where the CSV has {row}')
    if any(isinstance(there.get(key), str) for key in ('messages', 'people', 'ties')):
        fail(f'a number is a text in the JSON: {there}')
drawn = {row['id']: row for row in rows if row['id']}
rest = [row for row in rows if not row['id']]

marks = {}
for group in root.iter(SVG + 'g'):
    if re.search(r'\d', re.sub(r'_\d+$', '', group.get('id', ''))):  # not legend, names and axes
        marks[group.get('id')] = group
if len(drawn) + len(rest) != len(rows):
    fail('two rows have one id')
for missing in sorted(marks.keys() - drawn.keys()):
    fail(f'mark {missing} has no row')
for missing in sorted(drawn.keys() - marks.keys()):
    fail(f'row {missing} has no mark')


def title(mark):
    found = marks[mark].find(SVG + 'title')
    return '' if found is None else found.text


def expect(mark, row, said, *columns):
    for number, column in zip(said, columns):
        if int(row[column] or 0) != number:
            fail(f'{mark}: the tooltip says {number}, {column} is {row[column]!r}')


scales = []                     # pt a message, of high columns
for mark, row in drawn.items():
    text = title(mark)
    if row['mark'] in ('tie', 'bundle'):
        # "A to B: 3 messages; B to A: 4": names may have digits, the numbers come last.
        # Of both ways together there is one: "A and B: 7".
        there = re.search(r': ([\d,]+) [^:;]*; ', text)
        last = integers(re.search(r': ([\d,]+)$', text)[1])
        expect(mark, row, integers(there[1]) + last if there else last, 'messages',
               'messages_back')
    elif row['mark'] == 'person' and 'rank' in row:
        tail = re.search(r': ([\d,]+) [^:]*?, ([\d,]+) [^:]*?, rank ([\d,]+)$', text)
        expect(mark, row, [integers(n)[0] for n in tail.groups()], 'sent', 'received', 'rank')
    elif row['mark'] in ('cell', 'stream') and row.get('messages'):
        expect(mark, row, integers(re.search(r': ([\d,]+) \w+$', text)[1]), 'messages')
    elif row['mark'] in ('sent', 'received'):
        said = integers(text.rsplit(': ', 1)[1])
        expect(mark, row, said + said[-1:] * (2 - len(said)), row['mark'], row['mark'] + '_in_matrix')
    elif row['mark'] in ('from', 'to'):
        expect(mark, row, integers(re.search(r': ([\d,]+) \w+ \w+ others$', text)[1]),
               'sent' if row['mark'] == 'from' else 'received')
    elif row['mark'] == 'alter':
        tail = re.search(r': ([\d,]+) \w+ from .*, ([\d,]+) to ', text)
        expect(mark, row, [integers(n)[0] for n in tail.groups()], 'messages', 'messages_back')
    elif row['mark'] == 'between':
        expect(mark, row, integers(re.search(r': ([\d,]+) \w+$', text)[1]), 'messages_between_others')
    elif row['mark'] == 'ego':
        tail = re.search(r': ([\d,]+) \w+ sent, ([\d,]+) received$', text)
        expect(mark, row, [integers(n)[0] for n in tail.groups()], 'sent', 'received')
    elif row['mark'] == 'community':
        expect(mark, row, integers(re.search(r': ([\d,]+) people', text)[1]), 'people')
    elif row['mark'] in ('group', 'flow') and row.get('people'):
        expect(mark, row, integers(re.search(r': ([\d,]+) p', text)[1]), 'people')
    elif row['mark'] == 'answers':
        expect(mark, row, integers(re.search(r': ([\d,]+) message', text)[1]), 'answers')
    elif row['mark'] in ('life', 'bin'):
        said = re.search(r'([\d,]+) sent, ([\d,]+) received$', text)
        prefix = 'all_' if row['mark'] == 'life' else ''
        expect(mark, row, [integers(n)[0] for n in said.groups()] if said else [0, 0],
               prefix + 'sent', prefix + 'received')
    elif row['mark'] in ('hour', 'weekday', 'day', 'month'):
        expect(mark, row, integers(re.search(r': ([\d,]+) message', text)[1]),
               'sum' if row['mark'] in ('hour', 'weekday') else 'messages')
    elif row['mark'] == 'bar':
        expect(mark, row, integers(re.search(r': ([\d,]+) message', text)[1]), 'messages')
        height = float(marks[mark].find(SVG + 'rect').get('height'))
        if height > 5:
            scales.append(height / int(row['messages']))
# Heights are written in hundredths of a point: of 5 pt that is 0.2 %.
if scales and max(scales) / min(scales) > 1.005:
    fail(f'columns are between {min(scales)} and {max(scales)} pt a message')

title_text = root.find(SVG + 'title').text
words = root.find(SVG + 'desc').text
if open(stem + '.txt', encoding='utf-8').read() != f'{title_text}\n\n{words}\n':
    fail('the text file is not the title and the description of the SVG')
if root.get('role') != 'img' or root.get('aria-labelledby') != root.find(SVG + 'title').get('id') \
        or root.get('aria-describedby') != root.find(SVG + 'desc').get('id'):
    fail('the SVG does not say where its words are')


def total(column, some):
    return sum(int(row.get(column) or 0) for row in some)


def mail(some):
    return total('messages', some) + total('messages_back', some)


# "Drawn are 687 of 726 people (94 %), 374 of them as specks, all 1,130 tied pairs and ..."
if 'Drawn are' in words:
    people = [row for row in rows if row['mark'] in ('person', 'speck')]
    counts = {r'(?:people|person)': (len([row for row in people if row['id']]),
                                     int(words.split()[3].replace(',', ''))),
              r'tied pairs?': (total('ties', drawn.values()), total('ties', rows)),
              r'(?:messages?|answers?)': (mail(drawn.values()), mail(rows))}
    for noun, (part, whole) in counts.items():
        said = re.search(r'(?:the only|all ([\d,]+)|([\d,]+) of ([\d,]+)) ' + noun,
                         words[words.index('Drawn are'):])
        if integers(said[3] or said[1] or '1') != [whole] or \
                integers(said[2] or said[1] or '1') != [part]:
            fail(f'the words say "{said[0]}", the numbers {part} of {whole}')
print(f'drawn={mail(drawn.values())}')
print(f'messages={mail(rows)}')
print(f'people={total("people", rows) or sum(r["mark"] == "person" for r in rows)}')
print(f'ties={total("ties", rows)}')
