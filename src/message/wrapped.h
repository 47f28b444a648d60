/* wrapped.h - addresses that mail systems have written into the local part of another
 *
 *   IMCEAEX-_O=ORG_CN=ALEE@org.example        Exchange: an address of another kind, for SMTP
 *   IMCEASMTP-ann+40example+2Eorg@org.example (Exchange calls it encapsulated, [MS-OXCMAIL] 2.1.3)
 *   SRS0=HASH=TT=example.org=ann@relay        a forwarder's return path (libsrs2, Sender
 *   SRS1=HASH=relay==HASH=TT=example.org=ann@b   Rewriting Scheme; SRS1 after a second forwarder)
 *   prvs=0123abcdef=ann@example.org           BATV, draft-levine-smtp-batv
 *   btv1==HASH==ann@example.org               the same, Barracuda's
 *
 * VERP (list-bounces+ann=example.org@lists) is not among them: it is an address of the
 * list, and what it holds is who should have got the mail, not whose address it is. */
#ifndef EPISTOGRAPH_MESSAGE_WRAPPED_H
#define EPISTOGRAPH_MESSAGE_WRAPPED_H

#include "header.h"

/* Whether address might be one of these: a look at its first letters. */
bool wrapped_begins(struct slice address);

/* Replace address, in which nothing surrounds the address any more, by the one
 * that it holds. What is wrapped twice is unwrapped twice, no more; what does not
 * keep to its form stays. */
void wrapped_open(GString *address);

#endif
