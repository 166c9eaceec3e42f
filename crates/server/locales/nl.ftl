nav-home = Start

home-needs = { $n ->
    [0] Niets vraagt uw aandacht, { $name }
    [one] Eén ding vraagt uw aandacht, { $name }
   *[other] { $n } dingen vragen uw aandacht, { $name }
 }
home-nothing = Er dreigt niets mis te gaan. Zodra dat wel zo is, staat het hier als eerste, elke regel één klik van de oplossing.
home-log = Bijdrage vastleggen
home-happened = Wat er gebeurde
home-all-events = Alles wat er gebeurde
home-tools = Achter de schermen
home-export = Alles meenemen (ZIP)
home-api = API voor programma’s

timeline-title = Tijdlijn
timeline-hint = Elke wijziging, door wie en wanneer. Het logboek wordt nooit herschreven; elke regel zit vast aan de vorige.
timeline-empty = Er is nog niets gebeurd. Elke bijdrage, meting en beslissing verschijnt hier.
timeline-older = Ouder

trace-page-title = Herkomst
trace-behind = Waar komt dit vandaan?
trace-ahead = Wat bracht het in beweging?
trace-nothing-behind = Hier ligt niets achter
trace-nothing-behind-text = Het is zelf een bron, of er is nog niets aan gekoppeld.
trace-facts = In detail
trace-history = De geschiedenis

kind-contribution = Bijdrage
kind-contribution-total = Bijdragen samen
kind-contribution-share = Wat één organisatie gaf
kind-metric = Indicator
kind-metric-period = Indicator in een periode
kind-measurement = Meting
kind-value-model = Waardemodel
kind-value-calculation = Berekening
kind-story = Verhaal
kind-figure = Cijfer
kind-campaign = Verzending
kind-organization = Organisatie
kind-person = Persoon
kind-partnership = Partnerschap

jobs-title = Werk op de achtergrond
jobs-hint = Mail, imports en berekeningen die de server zelf doet. Wat hij opgaf, wacht hier op u.
jobs-dead = Opgegeven
jobs-none-dead = Er is niets opgegeven.
jobs-retry = Opnieuw proberen
jobs-retried = Het wordt zo meteen opnieuw geprobeerd.
jobs-recent = Meest recent
jobs-none = Nog geen werk.
jobs-kind = Werk
jobs-state = Status
jobs-attempts = Pogingen
jobs-due = Wanneer
job-state-waiting = Wacht
job-state-running = Bezig
job-state-done = Klaar
job-state-dead = Opgegeven

mailbox-title = Lokale mailbox
mailbox-hint = Er is geen mailserver ingesteld, dus alles wat de server mailt komt hier terecht.
mailbox-empty = Nog geen mail. Nodig iemand uit of verstuur een verhaal, en het verschijnt hier.
mailbox-subject = Onderwerp
mailbox-from = Van
mailbox-to = Aan
mailbox-at = Verzonden
mailbox-links = Links in dit bericht
mailbox-text = Als platte tekst
mailbox-headers = Alle headers

problem-mail-unreadable = Dit bericht kan niet worden getoond
problem-mail-unreadable-detail = Het bestand in de mailmap is te groot of geen bericht.
problem-method-not-allowed = Dit adres neemt dat soort verzoek niet aan

## Wat er gebeurde, na de naam van wie het deed

event-api-key-made = maakte een API-sleutel
event-api-key-revoked = trok een API-sleutel in
event-campaign-cancelled = annuleerde een verzending
event-campaign-drafted = maakte een verzending
event-campaign-edited = wijzigde een verzending
event-campaign-paused = hield een verzending aan
event-campaign-queued = zette een verzending in gang
event-campaign-resumed = liet een verzending doorgaan
event-campaign-sent = rondde een verzending af
event-contact-added = voegde een contact toe
event-contact-changed = wijzigde een contact
event-contact-removed = verwijderde een contact
event-contribution-answered = beantwoordde een vraag over een bijdrage
event-contribution-corrected = corrigeerde een bijdrage
event-contribution-logged = legde een bijdrage vast
event-contribution-queried = stelde een vraag over een bijdrage
event-contribution-remarked = maakte een opmerking bij een bijdrage
event-contribution-verified = controleerde een bijdrage
event-contribution-withdrawn = trok een bijdrage in
event-contribution-request-sent = vroeg partners om bijdragen
event-contribution-request-reminded = herinnerde partners aan een verzoek
event-correction-drafted = stelde een correctiebericht op
event-delivery-failed = kon een bericht niet bezorgen
event-import-uploaded = laadde een bestand met metingen
event-import-mapped = koppelde de kolommen van een import
event-import-started = startte een import
event-import-finished = rondde een import af
event-import-cancelled = annuleerde een import
event-import-undone = draaide een import terug
event-invitation-revoked = trok een uitnodiging in
event-job-retried = liet achtergrondwerk opnieuw proberen
event-measurement-recorded = legde een meting vast
event-measurement-reported = gaf een meting door
event-measurement-corrected = corrigeerde een meting
event-measurement-verified = controleerde een meting
event-measurement-queried = stelde een vraag over een meting
event-measurement-answered = beantwoordde een vraag over een meting
event-measurement-restored = maakte de intrekking van een meting ongedaan
event-measurement-withdrawn = trok een meting in
event-membership-changed = wijzigde iemands rollen
event-membership-ended = beëindigde een lidmaatschap
event-membership-resumed = hervatte een lidmaatschap
event-metric-defined = legde een indicator vast
event-metric-changed = wijzigde een indicator
event-metric-retired = stelde een indicator buiten gebruik
event-metric-revived = nam een indicator weer in gebruik
event-objective-added = voegde een doelstelling toe
event-objective-changed = wijzigde een doel
event-objective-removed = liet een doel vervallen
event-scorecard-retired = liet een scorekaart vervallen
event-organization-added = voegde een organisatie toe
event-organization-changed = wijzigde een organisatie
event-organization-deactivated = deactiveerde een organisatie
event-organization-reactivated = activeerde een organisatie weer
event-partnership-created = richtte het partnerschap in
event-partnership-updated = wijzigde de instellingen van het partnerschap
event-person-invited = nodigde iemand uit
event-person-joined = deed mee
event-person-closed = sloot een account
event-person-erased = wiste de gegevens van een persoon
event-perspective-added = voegde een perspectief toe
event-perspective-changed = wijzigde een perspectief
event-perspective-removed = verwijderde een perspectief
event-rate-set = stelde een uurtarief vast
event-recipient-released = liet iemand weer aanschrijven
event-recipient-resubscribed = wil weer post
event-recipient-suppressed = stopte post aan iemand
event-recipient-unsubscribed = meldde zich af
event-scorecard-changed = wijzigde de scorekaart
event-scorecard-metric-added = zette een indicator op de scorekaart
event-scorecard-metric-removed = haalde een indicator van de scorekaart
event-scorecard-metric-swapped = verwisselde indicatoren op de scorekaart
event-value-model-created = maakte een waardemodel
event-value-model-changed = wijzigde een waardemodel
event-value-model-retired = stelde een waardemodel buiten gebruik
event-value-calculation-frozen = legde een berekening vast
event-value-proxy-added = voegde een financiële proxy toe
event-value-proxy-changed = wijzigde een financiële proxy
event-value-proxy-removed = verwijderde een financiële proxy

jobs-needs = { $n ->
    [one] Eén stuk achtergrondwerk is opgegeven
   *[other] { $n } stukken achtergrondwerk zijn opgegeven
 }
jobs-needs-look = Bekijk waarom

search-title = Zoeken
search-hint = Namen en inhoud van alles wat je mag zien: organisaties, bijdragen, maatstaven, verhalen en meer.
search-label = Wat zoek je?
search-placeholder = Zoek, of typ wat je wilt doen
search-go = Zoeken
search-kinds = Soorten resultaten
search-all = Alles
search-results = Resultaten
search-recent = Onlangs geopend
search-actions = Ga naar of begin
search-none = Niets past bij ‘{ $q }’. Probeer minder woorden, of alleen het begin ervan.
search-start = Typ een naam, of een woord uit een notitie of verhaal. Het begin van een woord is genoeg, accenten maken niet uit.
search-full = Dit zijn de beste 50. Voeg een woord toe om minder te vinden.
search-keys = ↑ ↓ om te kiezen · Enter om te openen · Esc om te sluiten
search-close = Sluiten
search-do-log = Bijdrage invoeren
search-do-ask = Partners vragen wat ze gaven
search-do-metric = Maatstaf vastleggen
search-do-import = Metingen importeren
search-do-story = Verhaal schrijven
search-do-model = Waardemodel maken
search-do-campaign = Verhaal versturen
search-do-invite = Mensen uitnodigen
kind-objective = Doel
kind-value-proxy = Financiële maatstaf
kind-contact = Contact

problem-too-many-streams = Te veel pagina’s luisteren mee
problem-too-many-streams-detail = Er gaat niets verloren. Deze pagina vraagt nu af en toe zelf om nieuws.
problem-stopping = De server wordt gestopt
problem-stopping-detail = Hij is zo terug. Er is niets gewijzigd.
## Startpagina: de delen, wat opzij ligt, de rechterkolom
home-hint = { $date } · { $n ->
    [one] één organisatie
   *[other] { $n } organisaties
 }, { $active } actief deze week
home-part-today = Vandaag
home-part-week = Deze week
home-part-later = Later
home-since = sinds { $when }
home-due = uiterlijk { $when }
home-later = Opzij leggen
home-later-title = Leg dit opzij
home-later-hint = Het komt vanzelf terug op de dag die u kiest. Iedereen van de staf ziet wie het opzij legde, en waarom.
home-later-reason = Waarom kan het wachten?
home-later-reason-hint = Zodat een collega zich niet afvraagt waarom: “Ilse is met verlof tot de 12e”.
home-later-until = Tot
home-later-do = Opzij leggen
home-later-not = Laat staan
home-put-aside = Opzij gelegd. Het komt terug op de gekozen dag; eerder oppakken kan ook.
home-handled-meanwhile = Het is intussen afgehandeld.
home-taken-up = Het staat weer bij wat u nodig heeft.
home-take-up = Weer oppakken
home-aside = { $n ->
    [one] Eén regel ligt opzij
   *[other] { $n } regels liggen opzij
 }
home-aside-line = { $by }: “{ $reason }” Terug op { $until }.
home-burden = Wat we van partners vragen
home-burden-hint = minuten per organisatie, deze maand
home-burden-of = van de { $n } die we onszelf toestaan
home-burden-most = { $n ->
    [one] Hoogstens één minuut van één organisatie.
   *[other] Hoogstens { $n } minuten van één organisatie.
 }
home-burden-none = Deze maand is van niemand iets gevraagd.
home-more-like-it = en nog { $n ->
    [one] één
   *[other] { $n }
 } van dit soort
event-attention-snoozed = legde een regel van de startpagina opzij
event-attention-resumed = pakte een regel van de startpagina weer op
heard-title = Doel gehoord
heard-hint = laatste 12 weken
heard-partners = Partners
heard-leaders = Leiders
heard-funders = Financiers
heard-row = { $n ->
    [0] niet in de laatste 12 weken
    [one] in één van 12 weken
   *[other] in { $n } van 12 weken
 }
heard-legend = Een vakje is een week waarin een mailing iemand bereikte.

kept-title = Wat je had getypt
kept-signed-in = Je bent weer ingelogd en er is niets verloren.
kept-text = Dit had je getypt. Er is nog niets van opgeslagen.
kept-conflict-title = Twee versies
kept-conflict = Iemand anders sloeg dit op terwijl jij typte.
kept-conflict-text = Hieronder staat wat verschilt. Kies per veld wat telt; van jou is nog niets opgeslagen.
kept-conflict-same = Wat je typte verschilt niet van wat er nu staat.
kept-files = Kies je bestanden opnieuw
kept-files-text = Bestanden worden niet bewaard. Ga terug naar de pagina om ze toe te voegen.
kept-mine = Wat jij typte
kept-theirs = Wat intussen is opgeslagen
kept-now = Wat er nu staat
kept-nothing = niets
kept-yes = Ja
kept-no = Nee
kept-send = Versturen
kept-save = Opslaan wat ik koos
kept-leave = Laten zoals het nu is
