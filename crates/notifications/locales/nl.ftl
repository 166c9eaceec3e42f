notifications-title = Meldingen
notifications-hint = Wat er gebeurde en jou aangaat
notifications-choose = Kies waarvan je hoort
notifications-read-all = Alles als gelezen markeren
notifications-all-read = Alles is als gelezen gemarkeerd.
notifications-tab-all = Alle
notifications-tab-unread = Ongelezen
notifications-unread = Ongelezen:
notifications-mark-read = Gelezen
notifications-mark-read-full = Als gelezen markeren: { $text }
notifications-mark-unread = Ongelezen maken
notifications-mark-unread-full = Als ongelezen markeren: { $text }
notifications-older = Oudere meldingen
notifications-empty = Als iemand je noemt, je iets vraagt of op je stem wacht, staat het hier.
notifications-none-unread = Je hebt alles gelezen.
notifications-settings-title = Waarvan je hoort
notifications-settings-hint = Alles staat onder de bel. Hier kies je wat je ook per mail krijgt, en wanneer.
notifications-what = Per mail
notifications-what-hint = Meteen, samen één keer per dag of per week, of helemaal niet
notifications-when = Wanneer er mail mag komen
notifications-when-hint = Laat de eerste twee leeg om op elk moment mail te krijgen
notifications-quiet-from = Geen mail van
notifications-quiet-until = tot
notifications-summary-at = Overzichten komen om
notifications-summary-day = Het wekelijkse op
notifications-zone = Je tijdzone
notifications-zone-hint = Bijvoorbeeld Europe/Amsterdam
notifications-save = Opslaan
notifications-saved = Je keuzes zijn opgeslagen.
notifications-often-now = Meteen
notifications-often-daily = Eén keer per dag
notifications-often-weekly = Eén keer per week
notifications-often-off = Niet per mail
notifications-day-1 = maandag
notifications-day-2 = dinsdag
notifications-day-3 = woensdag
notifications-day-4 = donderdag
notifications-day-5 = vrijdag
notifications-day-6 = zaterdag
notifications-day-7 = zondag
notifications-stop-title = Deze mails stoppen
notifications-stop-kind = Je krijgt mail van { $partnership } hierover: { $kind }. Moet dat stoppen? Onder de bel vind je het nog steeds als je inlogt.
notifications-stop-all = Je krijgt mail van { $partnership } over wat jou aangaat. Moet dat allemaal stoppen? Onder de bel vind je het nog steeds als je inlogt.
notifications-stop-button = Deze mails stoppen
notifications-stopped = Je krijgt zulke mails niet meer.
notifications-stopped-text = Wat er gebeurt, staat nog steeds onder de bel.
notifications-stop-choose = Kies waarvan je hoort en hoe vaak

calendar-title = Je agenda
calendar-hint = Stemmingen, toezeggingen en cijfers die je nog moet doen, in de agenda die je toch al gebruikt
calendar-address = Adres voor je agendaprogramma
calendar-made = Kopieer dit adres naar je agendaprogramma als agenda van internet. Het wordt alleen nu getoond. Wie het heeft, ziet je datums.
calendar-since = Gemaakt op
calendar-used = Laatst gelezen { $when }
calendar-make = Adres maken
calendar-replace = Nieuw adres maken
calendar-end = Adres beëindigen
calendar-ended = Het adres laat niets meer zien.
calendar-feed-name = { $partnership }: voor jou

notice-decision-mentioned = Iemand noemt je in een reactie
notice-decision-replied = Iemand antwoordt op je reactie
notice-decision-questioned = Iemand heeft een vraag, een bezwaar of een wijziging bij je voorstel
notice-ballot-opened = Je stem wordt gevraagd
notice-ballot-closing = Een stemming sluit binnenkort en je hebt nog niet gestemd
notice-decision-closed = De stemming over je voorstel is geteld
notice-decision-decided = Er is iets besloten in een orgaan waarin je een zetel hebt
notice-commitment-given = Je wordt gevraagd voor een toezegging te zorgen
notice-commitment-due = Een toezegging van jou moet klaar zijn
notice-seat-passed = Je neemt een zetel over
notice-seat-vacant = Een zetel heeft niemand
notice-contribution-asked = Je wordt gevraagd vast te leggen wat je gaf
notice-contribution-queried = Er is een vraag over wat je gaf
notice-contribution-verified = Wat je gaf is gecontroleerd
notice-contribution-answered = Een partner beantwoordde je vraag
notice-measurement-queried = Er is een vraag over een cijfer van jou
notice-measurement-verified = Een cijfer van jou is gecontroleerd
notice-measurement-answered = Je vraag over een cijfer is beantwoord
notice-metric-due = Een cijfer van jou wordt verwacht
notice-question-received = Een lezer vraagt naar een cijfer
notice-question-answered = Je vraag over een verhaal is beantwoord
notice-story-submitted = Een verhaal wacht op goedkeuring
notice-story-names-you = Een verhaal noemt jou of je organisatie
notice-person-joined = Iemand doet mee

mail-summary-subject = { $n ->
    [one] { $first }
   *[other] { $n } dingen die jou aangaan
 }
mail-summary-preheader = { $first }
mail-summary-why = Je krijgt dit omdat je lid bent van { $partnership } en ervoor koos dit per mail te horen.
mail-summary-title = { $n ->
    [one] Dit gaat jou aan
   *[other] { $n } dingen gaan jou aan
 }
mail-summary-more = { $n ->
    [one] en nog één
   *[other] en nog { $n }
 }
mail-summary-stop = Geen mails meer hierover
mail-summary-button = Alles bekijken

field-notification-kind = Dit soort melding is niet bekend.
field-time-of-day = Geen tijdstip. Schrijf het als 08:30.
