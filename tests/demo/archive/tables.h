/* tables.h - the cast and the words of the demonstration archive
 *
 * Everybody and everything here is invented. Domains are reserved ones
 * (RFC 2606, RFC 6761): mail to them can reach nobody. */
#ifndef TABLES_H
#define TABLES_H

#include <stddef.h>
#include <stdint.h>

#define ROWS(table) (sizeof (table) / sizeof (table)[0])

/* ---- people ---- */

struct group_spec {
	const char *name;               /* as in groups.csv */
	int size;                       /* people at 2,000 messages; grows with the archive */
	const char *domains[4];         /* of its members, taken in turn; NULL ends */
	const char *list;               /* its mailing list; NULL for none */
	const char *list_title;
	const char *list_id;
};

static const struct group_spec group_specs[] = {
	{ "direction",   10, { "campagne.example" }, "direction@listes.example", "Direction de campagne",
	                     "direction.listes.example" },
	{ "press",       10, { "campagne.example", "presse.campagne.example" }, NULL, NULL, NULL },
	{ "field",       16, { "terrain.example", "campagne.example" }, "terrain@listes.example",
	                     "Équipes de terrain", "terrain.listes.example" },
	{ "finance",      9, { "campagne.example", "tresorerie.example" }, NULL, NULL, NULL },
	{ "volunteers",  18, { "courriel.example", "postale.example", "boite.example" },
	                     "benevoles@listes.example", "Bénévoles", "benevoles.listes.example" },
	{ "association", 12, { "rivages-association.example" }, "ca@rivages-association.example",
	                     "Conseil d'administration", "ca.rivages-association.example" },
	{ "journalists", 12, { "lecourrier.example", "radio-littoral.example", "gazette.example.net" },
	                     NULL, NULL, NULL },
	{ "programme",   11, { "campagne.example", "atelier-idees.example.org" },
	                     "programme@listes.example", "Atelier du programme", "programme.listes.example" },
};

/* A name as written and as it is spelt in an address. */
struct name_spec { const char *text, *ascii; };

static const struct name_spec given_names[] = {
	{ "Élodie", "elodie" }, { "Hugo", "hugo" }, { "Maëlle", "maelle" }, { "François", "francois" },
	{ "Inès", "ines" }, { "Théo", "theo" }, { "Camille", "camille" }, { "Loïc", "loic" },
	{ "Solène", "solene" }, { "Rémi", "remi" }, { "Agathe", "agathe" }, { "Jérôme", "jerome" },
	{ "Noémie", "noemie" }, { "Bastien", "bastien" }, { "Zoé", "zoe" }, { "Gaëtan", "gaetan" },
	{ "Clémence", "clemence" }, { "Yann", "yann" }, { "Aïcha", "aicha" }, { "Benoît", "benoit" },
	{ "Margot", "margot" }, { "Cédric", "cedric" }, { "Héloïse", "heloise" }, { "Malik", "malik" },
	{ "Océane", "oceane" }, { "Stéphane", "stephane" }, { "Lucie", "lucie" }, { "Aurélien", "aurelien" },
	{ "Fanny", "fanny" }, { "Mickaël", "mickael" }, { "Anaïs", "anais" }, { "Étienne", "etienne" },
	{ "Jean-Noël", "jean-noel" }, { "Salomé", "salome" }, { "Tristan", "tristan" }, { "Chloé", "chloe" },
	{ "Régis", "regis" }, { "Nadège", "nadege" }, { "Cyprien", "cyprien" }, { "Marie-Ève", "marie-eve" },
	{ "Gwenaël", "gwenael" }, { "Sabine", "sabine" }, { "Kévin", "kevin" }, { "Apolline", "apolline" },
	{ "Joël", "joel" }, { "Mélissa", "melissa" }, { "Sylvain", "sylvain" }, { "Édith", "edith" },
};

/* ROWS(family_names) must have no divisor in common with 5 * 48 + 1: then each
 * pair of a given and a family name comes up once before any comes up twice. */
static const struct name_spec family_names[] = {
	{ "Valbrémont", "valbremont" }, { "Tréguirec", "treguirec" }, { "Maisonclair", "maisonclair" },
	{ "Quérouanne", "querouanne" }, { "Desbruyères-Lot", "desbruyeres-lot" }, { "Aubracieux", "aubracieux" },
	{ "Fontanègre", "fontanegre" }, { "Lhermoise", "lhermoise" }, { "Castelvert", "castelvert" },
	{ "Brissolin", "brissolin" }, { "Chaumarçay", "chaumarcay" }, { "Dorvalet", "dorvalet" },
	{ "Esquirolle", "esquirolle" }, { "Ferrandou", "ferrandou" }, { "Gévaudrin", "gevaudrin" },
	{ "Hautecombe-Rey", "hautecombe-rey" }, { "Isambour", "isambour" }, { "Jolimarais", "jolimarais" },
	{ "Kervadenn", "kervadenn" }, { "Laroquebelle", "laroquebelle" }, { "Mirandolle", "mirandolle" },
	{ "Nérissac", "nerissac" }, { "Orgevalle", "orgevalle" }, { "Pontcharmes", "pontcharmes" },
	{ "Rochemaure-Ti", "rochemaure-ti" }, { "Sauvebœuf", "sauveboeuf" }, { "Taillefontaine", "taillefontaine" },
	{ "Urvillers", "urvillers" }, { "Vézelignac", "vezelignac" }, { "Wattrebois", "wattrebois" },
	{ "Yvonnard", "yvonnard" }, { "Zérambaud", "zerambaud" }, { "Abbadieu", "abbadieu" },
	{ "Bélusson", "belusson" }, { "Coëtmeur-Lann", "coetmeur-lann" }, { "Dampréval", "dampreval" },
	{ "Erlincourt", "erlincourt" }, { "Fauchemine", "fauchemine" }, { "Grandlieuvre", "grandlieuvre" },
	{ "d'Herbemont", "dherbemont" }, { "de la Brosseraie", "delabrosseraie" }, { "Jeansoulé", "jeansoule" },
	{ "Kermaloguen", "kermaloguen" }, { "L'Hostellier-Bé", "lhostellier-be" }, { "Montaigneul", "montaigneul" },
	{ "Noirmagny", "noirmagny" }, { "Ozanneval", "ozanneval" }, { "Peyrelongue-Azé", "peyrelongue-aze" },
	{ "Quincerot", "quincerot" }, { "Rambervaux", "rambervaux" }, { "Ségurançon", "segurancon" },
	{ "Thorembais", "thorembais" }, { "Ussègre", "ussegre" }, { "Vaucresnel", "vaucresnel" },
	{ "Ybarnegoy", "ybarnegoy" }, { "Bouhaddine", "bouhaddine" }, { "Diabakaté", "diabakate" },
	{ "Nguyễn-Vanh", "nguyen-vanh" }, { "Benzahraoui", "benzahraoui" }, { "Okonjolé", "okonjole" },
	{ "Silvaresco", "silvaresco" }, { "Castellotti", "castellotti" }, { "Ibarronde", "ibarronde" },
	{ "Waldshutter", "waldshutter" }, { "Marchepoix", "marchepoix" }, { "Lormeraie", "lormeraie" },
	{ "Chassagnolle", "chassagnolle" }, { "Vieilleribe", "vieilleribe" }, { "Sainte-Ombre", "sainte-ombre" },
	{ "Tarnevigne", "tarnevigne" }, { "Boisgontier-Wé", "boisgontier-we" }, { "Crèvelande", "crevelande" },
};

/* People whose names try the reader: they take these places in their groups. */
struct special_person { int group, place; const char *name, *address; };

static const struct special_person special_people[] = {
	{ 1, 4, "佐藤 美咲紀", "misaki.satou@presse.campagne.example" },
	{ 7, 5, "ليلى المرزوقية", "leila.marzoukia@atelier-idees.example.org" },
	{ 2, 6, "Łukasz Wiśniogórski", "lukasz@terrain.example" },
	{ 4, 7, "Фёдор Залесинский", "fedor@boite.example" },
	{ 6, 3, "Dupraz-Volney, Annick (Le Courrier)", "adv@lecourrier.example" },
	{ 6, 5, "Conor \"Mac\" O'Dallaigh", "conor@gazette.example.net" },
	{ 5, 4, "Jürgen Großwieser", "juergen@xn--bcherei-n2a.example" },
	{ 3, 3, "Οδυσσέας Κρανιώτης", "odysseas@tresorerie.example" },
	{ 4, 15, "=?broken?= Paulin Quénouille", "p.quenouille@postale.example" },
	{ 0, 5, "Anne-Sophie de Montravel-Courtebourne de la Tour-Landrevie et d'Aigremoine",
	        "asm@campagne.example" },
};
/* What xn--bcherei-n2a says (RFC 3492). */
#define IDN_WIRE "@xn--bcherei-n2a.example"
#define IDN_TEXT "@bücherei.example"

/* The first words of offices' addresses, in turn for the groups. Who writes for one does
 * so under the name of a person, which makes nobody of the address. */
static const char *const office_words[] = {
	"contact", "presse", "info", "facturation", "support", "secretariat", "redaction", "events",
};

/* Where a second address of one person is kept. */
static const char *const private_domains[] = { "courriel.example", "postale.example", "fai.example.net" };

static const char *const public_domains[] = {
	"courriel.example", "postale.example", "fai.example.net", "boite.example", "etude.example.org",
	"mairie.example", "lycee.example.org", "entreprise.example.com",
};

struct sender_spec { const char *name, *address; };

static const struct sender_spec newsletters[] = {
	{ "La lettre de campagne", "lettre@nouvelles.campagne.example" },
	{ "Rivages – l'infolettre", "infolettre@rivages-association.example" },
	{ "Matinale éco", "matinale@editions.example.com" },
	{ "Offres de l'imprimeur", "promo@imprimerie.example.com" },
};
static const struct sender_spec alert_robots[] = {
	{ "Veille presse", "alertes@veille-presse.example.com" },
	{ "Agenda partagé", "agenda-ne-pas-repondre@campagne.example" },
	{ "", "supervision@serveur.campagne.example" },
};

/* ---- words ---- */

static const char *const subjects[] = {
	"Déplacement à Brézolles jeudi", "Budget du trimestre", "Éléments de langage", "Compte rendu de réunion",
	"Tracts : épreuve à valider", "Réservation de la salle", "Planning de la semaine", "Note sur l'école",
	"Liste des référents", "Question d'un électeur", "Revue de presse", "Facture n° 1204", "Projet de discours",
	"Logistique du meeting", "Formation des bénévoles", "Remboursement de frais", "Entretien radio demain",
	"Point hebdomadaire", "Contribution au programme – santé", "Invitation au dîner", "Photos de samedi",
	"Affiches & stands", "Propositions <à relire>", "Covoiturage pour dimanche", "Urgent: call at 5?",
	"Draft agreement v3", "Données du sondage", "Rappel : réunion à 18h30", "Ordre du jour", "Merci !",
};
static const char *const newsletter_subjects[] = {
	"La lettre n°", "Cette semaine en campagne, n°", "Nos rendez-vous – édition", "Infolettre",
};
static const char *const alert_subjects[] = {
	"[Alerte] Nouvel article", "Alerte presse :", "Rappel d'agenda", "Disk usage report",
};
static const char *const sentences[] = {
	"Voici le document dont nous avons parlé hier.", "Peux-tu relire avant midi ?",
	"Je n'ai pas encore reçu la réponse de la mairie.", "Le train de 7 h 42 est complet, prenons le suivant.",
	"Il faudrait arrêter le budget cette semaine.", "Merci de confirmer ta présence.",
	"La salle peut accueillir 350 personnes.", "On en reparle demain au point de neuf heures.",
	"Les tracts partent à l'impression ce soir.", "J'ai ajouté deux remarques en marge.",
	"Le chiffre de la page 4 est à vérifier.", "D'accord pour moi.", "Il reste trois places dans la voiture.",
	"Les bénévoles demandent des badges.", "Le journaliste rappelle vers 16 heures.",
	"Nous avons reçu 214 inscriptions.", "Je vous mets en copie pour information.",
	"From memory, the figure was lower.", "Bien à toi,", "Amitiés,", "Please see attached.",
};
/* Begin with "From ": a reader of mbox must not split a message here. */
static const char *const from_sentences[] = {
	"From the field: the tour went well, see the notes below.",
	"From Brussels we only heard rumours so far.",
	"From 9 to 11 the room is taken by the other team.",
};
/* So near to a separator that a reader should point it out, yet none: what follows
 * it is text. */
#define NEAR_SEPARATOR "From our call on Mon Feb  6 09:12:00 2017"
static const char *const attachment_names[] = {
	"note.pdf", "budget-2017.xlsx", "photo_0412.jpg", "discours.docx", "planning.ods", "affiche-A3.pdf",
};

/* What a date is when nobody can read it. */
static const char *const unreadable_dates[] = {
	"le douze du mois dernier", "Thu, 99 Foo 2015 25:61:00 +0100", "", "%DATE%", "mardi",
};

/* Share of the mean size, in percent, by equal chance: nearly exponential. */
static const int size_quantiles[] = { 3, 9, 17, 25, 35, 46, 59, 75, 96, 124, 170, 541 };

#endif
