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

event-access-link-upgraded = meldde zich aan vanuit een link in een e-mail
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
event-contribution-template-kept = bewaarde een sjabloon
event-contribution-template-removed = verwijderde een sjabloon
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
home-since = { $when }
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
## De startpagina van een partner
partner-heading = { $n ->
    [0] Er wordt niets van u gevraagd, { $name }
    [one] Er wordt één ding van u gevraagd, { $name }
   *[other] Er worden { $n } dingen van u gevraagd, { $name }
 }
partner-hint = { $n ->
    [one] Samen ongeveer één minuut, elk met de knop erbij.
   *[other] Samen ongeveer { $n } minuten, elk met de knop erbij.
 }
partner-nothing = U bent helemaal bij. Als er iets van u gevraagd wordt, staat het hier, met de minuten die het kost.
partner-tabs = Uw pagina’s
partner-tab = Voor mijn organisatie
ask-minutes = { $n ->
    [one] 1 minuut
   *[other] { $n } minuten
 }
partner-log-title = Leg vast wat { $name } gaf
partner-log-hint = In { $month }. Drie velden; al het andere kan wachten.
partner-log-more = Andere maand, bewijs, meer velden
partner-log-sheet = Een hele maand tegelijk
partner-last = Vorige keer, in { $period }
partner-repeat = Herhaal voor { $month }
partner-logged = Vastgelegd: { $amount }, { $activity }, { $period }.
partner-logged-towards = Het telt mee voor: { $metrics }.
partner-logged-link = Zeg wat het vooruithelpt
partner-undo = Terugnemen
partner-undo-reason = Per ongeluk vastgelegd, meteen teruggenomen
partner-moved = Wat het in beweging bracht
partner-moved-hint = De maatstaven waaraan { $name } in deze maanden bijdroeg, zoals ze nu staan
partner-moved-nothing = Zeg bij een bijdrage welke maatstaf ze steunt, dan staat hier wat ze in beweging bracht: cijfers, besluiten, verhalen.
partner-moved-decisions = Hierover besloten
partner-moved-stories = Verteld in verhalen
partner-names-you = noemt u
partner-was = was { $value } in { $period }
partner-towards-hours = { $n ->
    [one] { $hours } uur in één bijdrage ging hierin zitten
   *[other] { $hours } uur in { $n } bijdragen ging hierin zitten
 }
partner-towards-value = { $n ->
    [one] { $value } in één bijdrage ging hierin zitten
   *[other] { $value } in { $n } bijdragen ging hierin zitten
 }
partner-value-page = Alles wat { $name } gaf en in beweging bracht
partner-gave = Wat { $name } gaf
partner-gave-nothing = In deze twaalf maanden nog niets.
partner-last-year = Laatste 12 maanden
partner-hours = uur
partner-h = { $hours } u
partner-worth = aan waarde
partner-by-kind = Naar soort
partner-recent = Laatst vastgelegd
partner-all = Alle bijdragen
partner-burden = Wat wij van u vragen
partner-burden-usually = { $n ->
    [0] Bijna niets in een gemiddelde maand van de laatste twaalf.
    [one] Eén minuut in een gemiddelde maand van de laatste twaalf.
   *[other] { $n } minuten in een gemiddelde maand van de laatste twaalf.
 }

## Het lastenboek
burden-title = Lastenboek
burden-of = Wat er van { $name } gevraagd is
burden-hint = Minuten die meedoen in dit partnerschap vraagt, naast het werk zelf. Wij staan onszelf { $n } per maand toe voor elke organisatie.
burden-open = Bekijk per maand
burden-this-month = Deze maand
burden-usually = In een gemiddelde maand
burden-total = Samen
burden-since = sinds { $date }
burden-gave = Intussen gegeven
burden-n = { $n } min.
burden-by-month = Per maand
burden-by-rule = Waarvoor
burden-by-rule-hint = in al deze maanden
burden-by-person = Van wie
burden-by-person-hint = waar één persoon het moet doen
burden-anybody = Wie het ook doet
burden-what = Wat
burden-who = Wie
burden-month = Maand
burden-minutes = Minuten
burden-none = Niets
burden-over = meer dan wij onszelf toestaan
burden-nothing = In deze maanden is niets gevraagd. Als dat gebeurt, staan elk verzoek, elke stemming en elk cijfer hier met hun minuten.
burden-chart = Minuten gevraagd van { $name }, per maand
burden-chart-text = Hoeveel minuten het partnerschap in elke maand van { $name } vroeg.
burden-how = Hoe wordt dit geteld?
burden-how-text = Met dezelfde schattingen voor iedereen, of er nu geantwoord is of niet:
burden-how-requests = Een verzoek om vast te leggen wat gegeven is: 2 minuten voor elke organisatie. Een vraag over een bijdrage of een cijfer: 5.
burden-how-figures = Een cijfer om in te vullen: 10 minuten, op de dag dat het er moet zijn, voor de organisatie die voor de maatstaf instaat.
burden-how-votes = Een stemming: lezen met 180 woorden per minuut, en 1 minuut voor een antwoord of 3 om opties af te wegen.
burden-how-reports = Zeggen hoe het met een toezegging gaat: 3 minuten.

## De waardepagina van een organisatie
value-page-title = Wat { $name } gaf en in beweging bracht
value-page-print = Afdrukken of bewaren als PDF
value-page-when = Van wanneer
value-page-hours = Uren tijd en talent
value-page-worth = Waarde
value-page-contributions = Bijdragen
value-page-metrics = Maatstaven die ze steunt
value-page-over-time = Door de tijd
value-page-chart = Wat { $name } gaf, per maand
value-page-chart-text = De waarde van wat { $name } in elke maand gaf.
value-page-nothing = Voor deze tijd is niets vastgelegd. Wat gegeven wordt staat hier, met wat het in beweging bracht.
value-page-takes-part = Hoe ze meedoet
value-page-voted = { $n ->
    [one] Stemde { $voted } van de ene keer.
   *[other] Stemde { $voted } van de { $n } keer.
 }
value-page-did-vote = gestemd
value-page-no-vote = niet gestemd
value-page-open-vote = nog open
value-page-no-votes = In deze tijd is ze om geen stem gevraagd.
value-page-kept = { $n ->
    [0] In deze tijd is geen toezegging afgerond.
    [one] Eén toezegging nagekomen.
   *[other] { $n } toezeggingen nagekomen.
 }
value-page-promises = Toegezegd
value-page-asked = Wat er van gevraagd is
value-page-minutes = minuten gevraagd

## De pagina voor leiders
leader-title = Voor leiders
leader-tab = Voor leiders
leader-heading = Vijf minuten, { $name }
leader-hint = { $act ->
    [0] { $read ->
        [one] Ongeveer één minuut lezen. Wat er veranderde sinds { $since }.
       *[other] Ongeveer { $read } minuten lezen. Wat er veranderde sinds { $since }.
     }
   *[other] { $read ->
        [one] Ongeveer één minuut lezen en { $act } om te doen. Wat er veranderde sinds { $since }.
       *[other] Ongeveer { $read } minuten lezen en { $act } om te doen. Wat er veranderde sinds { $since }.
     }
 }
leader-nothing = Er wacht niets op u.
leader-off = Niet op koers
leader-off-hint = { $on } van { $all } maatstaven zijn op koers
leader-off-none = Elke maatstaf staat waar ze moet staan.
leader-owner = { $name } staat ervoor in
leader-no-owner = Niemand staat ervoor in
leader-scorecard = De hele scorekaart
leader-promised = Toegezegd, en bijna zover
leader-promised-hint = te laat, of in de komende 30 dagen
leader-promised-none = Er is niets te laat, en de komende 30 dagen hoeft niets af.
leader-all-promises = Alle toezeggingen
leader-story = Eén verhaal om door te vertellen
leader-story-none = Er is nog geen verhaal uit. Het eerste staat hier, met de link.
leader-story-link = Adres van het verhaal
leader-changed = Wat er veranderde
leader-changed-since = sinds { $date }
leader-how-many = Hoeveel
leader-count-hours = Uren vastgelegd
leader-count-figures = Cijfers gemeld
leader-count-votes = Stemmingen gesloten
leader-count-stories = Verhalen uit

## Words of these pages that other rooms have, too
burden-organization = Organisatie
partner-template-keep = Bewaren als sjabloon
partner-templates = Uw sjablonen
partner-kind = Soort
partner-value = Waarde
partner-quantity-hint = Uren bij tijd en talent; { $currency } bij geld en goederen.
partner-quantity = Hoeveel
partner-activity = Waarvoor
partner-log = Bijdrage invullen
value-page-organizations = Organisaties
value-page-done = { $progress } % gedaan
## First steps of a new partnership
first-title = Eerste stappen
first-hint = { $taken } van { $of } gezet
first-taken = (gedaan)
