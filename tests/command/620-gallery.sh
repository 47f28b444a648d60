#!/bin/bash
# The gallery: a page that opens, whose figures are there, described and drawn as it says
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive --messages 400 --seed 5 demo >/dev/null
ok 'it is made' status 0 "$top/tests/demo/gallery" "$epistograph" gallery 'made=demo/mail' "<i>=$work/none"
page=gallery/index.html
ok 'its page is well-formed' xmllint --noout $page
ok 'a name is no markup' grep -q '<h2 id="&lt;i&gt;">' $page
/usr/bin/python3 - $page >facts <<'P'
import os, sys
from html.parser import HTMLParser
class Page(HTMLParser):
    commands, images, links, ids, text = [], [], [], set(), None
    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids.add(values.get('id'))
        if tag == 'img':
            self.images.append((values['src'], values.get('alt', '')))
        if tag == 'a':
            self.links.append(values['href'])
        if tag == 'code':
            self.text = ''
    def handle_data(self, data):
        if self.text is not None:
            self.text += data
    def handle_endtag(self, tag):
        if tag == 'code':
            self.commands.append(self.text)
            self.text = None
page = Page()
page.feed(open(sys.argv[1], encoding='utf-8').read())
there = lambda name: os.path.getsize(os.path.join('gallery', name)) > 0
print('images', len(page.images), 'commands', len(page.commands))
print('without words', [src for src, alt in page.images if len(alt) < 60])
print('dead', [href for href in page.links if not (href[1:] in page.ids if href[0] == '#' else there(href))])
open('commands', 'w', encoding='utf-8').write('\n'.join(page.commands) + '\n')
P
charts=$($epistograph help draw | sed -n '/^Charts/,/^Options/s/^  \([a-z][a-z-]*\)  .*/\1/p' | wc -l)
is 'every chart is there for a page and for a column, with its command' "images $((2 * charts)) commands $((2 * charts))" "$(sed -n 1p facts)"
is 'each is described' 'without words []' "$(sed -n 2p facts)"
is 'no link is dead' 'dead []' "$(sed -n 3p facts)"

# What the page says was run draws the same again.
cd gallery
while read -r command; do
	file=${command##* }
	mv "$file" "$file.first"
	bash -c "${command/#epistograph/$epistograph} -q" && cmp -s "$file" "$file.first" || echo "$command"
done <../commands >../differs
cd ..
is 'the commands shown draw the figures' '' "$(cat differs)"
done_testing
