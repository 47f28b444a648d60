/* measure.c - what is measured, in words */
#include "epistograph/analysis.h"

#include <string.h>

const struct measure_info measure_infos[MEASURE_COUNT] = {
	[MEASURE_SENT] = {
		"sent", "Sent", "messages",
		"Messages this person sent to others, each counted once however many received it.",
		"", true,
	},
	[MEASURE_RECEIVED] = {
		"received", "Received", "messages",
		"Messages from others in which this person is named as a recipient, each counted "
		"once.",
		"", true,
	},
	[MEASURE_OUT_DEGREE] = {
		"out-degree", "Written to", "persons",
		"How many different persons this person wrote to.",
		"", true,
	},
	[MEASURE_IN_DEGREE] = {
		"in-degree", "Heard from", "persons",
		"How many different persons wrote to this person.",
		"", true,
	},
	[MEASURE_CORRESPONDENTS] = {
		"correspondents", "Correspondents", "persons",
		"How many different persons this person wrote to or heard from.",
		"", true,
	},
	[MEASURE_RECIPROCITY] = {
		"reciprocity", "Reciprocity", "",
		"The share of this person's correspondents with whom mail went both ways: "
		"0 is none of them, 1 is all.",
		"", false,
	},
	[MEASURE_STRENGTH] = {
		"strength", "Strength", "",
		"The weights of all ties of this person added up, sent and received: the weight of "
		"a tie is its number of messages, or, with --weight shared, each message divided "
		"among its recipients.",
		"Barrat, Barthelemy, Pastor-Satorras & Vespignani (2004), "
		"doi:10.1073/pnas.0400087101", false,
	},
	[MEASURE_PAGERANK] = {
		"pagerank", "PageRank", "",
		"How much mail flows to this person from persons to whom much mail flows: the share "
		"of time spent here by a walk that follows mail from sender to recipient in "
		"proportion to weight and starts anew with probability 0.15.",
		"Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X", false,
	},
	[MEASURE_HUB] = {
		"hub", "Hub", "",
		"How much this person writes to those who hear from the great senders (HITS on "
		"weighted ties; the largest is 1).",
		"Kleinberg (1999), doi:10.1145/324133.324140", false,
	},
	[MEASURE_AUTHORITY] = {
		"authority", "Authority", "",
		"How much this person hears from those who write to the great recipients (HITS on "
		"weighted ties; the largest is 1).",
		"Kleinberg (1999), doi:10.1145/324133.324140", false,
	},
	[MEASURE_BETWEENNESS] = {
		"betweenness", "Betweenness", "",
		"On how many shortest paths between two others this person lies: paths follow mail "
		"from sender to recipient, and the length of a tie is 1/weight, so that much mail "
		"means a short way.",
		"Freeman (1977), doi:10.2307/3033543; computed as in Brandes (2001), "
		"doi:10.1080/0022250X.2001.9990249", false,
	},
	[MEASURE_HARMONIC] = {
		"harmonic", "Harmonic closeness", "",
		"How near this person is to all others: the mean of 1/distance over everyone else, "
		"in either direction of mail, where the length of a tie is 1/weight and who is out "
		"of reach counts 0.",
		"Marchiori & Latora (2000), doi:10.1016/S0378-4371(00)00311-3", false,
	},
	[MEASURE_CORE] = {
		"core", "Core number", "",
		"The largest k such that this person belongs to a group in which everyone has at "
		"least k correspondents inside the group; weights are not used.",
		"Seidman (1983), doi:10.1016/0378-8733(83)90028-X", true,
	},
};

int measure_from_name(const char *name)
{
	for (int m = 0; m < MEASURE_COUNT; m++)
		if (strcmp(measure_infos[m].name, name) == 0)
			return m;
	return -1;
}
