# Wat partners geven: woorden van de pagina's, problemen en mails.

contributions-nav = Bijdragen
contributions-nav-short = Bijdragen

## Woorden
contribution-kind-time = Tijd
contribution-kind-talent = Talent
contribution-kind-treasure = Geld
contribution-kind-in-kind = In natura
contribution-status-logged = Ingevuld
contribution-status-verified = Gecontroleerd
contribution-status-queried = Vraag
contribution-status-answered = Beantwoord
contribution-status-withdrawn = Ingetrokken
contribution-basis-market-price = Marktprijs
contribution-basis-donor-invoice = Factuur van de gever
contribution-basis-replacement-cost = Vervangingskosten
contribution-basis-estimate = Schatting

## Problemen
problem-contribution-export-workbook = Te veel rijen voor een werkmap
problem-contribution-export-workbook-detail = Een werkmap wordt gemaakt tot { $limit } rijen. Neem het CSV- of JSON-bestand, die alles bevatten, of beperk de export tot een periode of organisatie.
problem-contribution-not-yours = Niet uw organisatie
problem-contribution-not-yours-detail = U kunt alleen voor uw eigen organisatie invullen en verbeteren. Er is niets gewijzigd.
problem-contribution-step = Deze stap kan nu niet
problem-contribution-step-detail = De bijdrage is inmiddels “{ $status }”. Er is niets gewijzigd. Bekijk haar opnieuw om te zien wat er is gebeurd.
problem-contribution-rate-taken = Er is al een tarief vanaf deze dag
problem-contribution-rate-taken-detail = Een tarief wordt nooit overschreven. Laat het nieuwe op een andere dag ingaan.
problem-contribution-nobody-to-ask = Er is niemand om te vragen
problem-contribution-nobody-to-ask-detail = Geen van de gekozen organisaties heeft iemand die bijdragen kan invullen. Nodig eerst iemand uit.
field-contribution-period = “{ $text }” is geen periode. Schrijf een maand (oktober 2026), een kwartaal (3e kwartaal 2026), een jaar (2026) of een dag (12 oktober 2026).
field-contribution-future = De periode eindigt na deze maand. Vul in wat tot dan gegeven is.
field-contribution-period-too-long = Hoogstens drie jaar. Vul langere perioden in delen in.
field-contribution-not-a-link = Een link begint met https:// en heeft geen spaties.
field-contribution-too-many = Hoogstens { $max }.
field-contribution-not-positive = Moet meer dan nul zijn.
field-contribution-more-than-a-day-has = Meer uren dan de periode heeft: hoogstens { $max } voor zoveel mensen.
field-contribution-confirm-large = Dat is ongewoon veel (meer dan { $max }). Bevestig dat het klopt.
field-contribution-unknown-work-role = Er is geen soort werk met de naam “{ $name }”. Kies er een uit de lijst, of geef een uurtarief met een reden.
field-contribution-no-rate-then = Er was in deze periode nog geen tarief voor “{ $name }”. Geef een uurtarief met een reden.
field-contribution-too-large = Te groot om te bewaren.
field-contribution-exchange-rate = Zeg hoeveel één { $from } waard was in { $to }.
field-contribution-unknown-organization = Deze organisatie doet niet mee.
field-contribution-unknown-file = Dit bestand is er niet. Upload het eerst.
field-contribution-not-yours = U kunt alleen voor uw eigen organisatie invullen.
field-contribution-entries-out-of-range = Stuur { $min } tot { $max } bijdragen tegelijk.
field-contribution-not-readable = De wijzigingen kunnen niet gelezen worden: { $why }.
field-contribution-rate-from-taken = Er is al een tarief van dit soort werk vanaf deze dag. Kies een andere dag.

## Waarden in woorden
contribution-hour = { $amount } uur
contribution-hours = { $amount } uur
contribution-how-rate = { $hours } u × { $rate } = { $value } ({ $why })
contribution-how-exchange = { $given } × { $exchange } = { $value }
contribution-how-basis = { $value } ({ $basis })
contribution-how-none = Nog niet gewaardeerd: er is geen tarief voor deze periode.

## Lijst
contributions-title = Bijdragen
contributions-hint = Wat partners gaven: tijd, talent, geld en goederen.
contribution-log = Bijdrage invullen
contribution-organization = Organisatie
contribution-period = Periode
contribution-status = Status
contribution-given = Gegeven
contribution-value = Waarde
contribution-all = Alle
contribution-choose = Kies
contribution-filter = Filteren
contribution-filter-clear = Toon alles
contribution-none-match = Niets past bij dit filter.
contribution-empty = Hier staat wat partners geven, zodat elk cijfer in een verhaal tot hier te volgen is. Vul de eerste bijdrage in.
contribution-export = Neem deze lijst mee:
contribution-total-hours = Uren
contribution-total-value = Waarde
contribution-total-organizations = Organisaties
contribution-total-entries = Bijdragen
contribution-total-unverified = { $n ->
    [0] alle gecontroleerd
    [one] { $n } nog niet gecontroleerd
   *[other] { $n } nog niet gecontroleerd
 }

## Formulier
contribution-new-title = Bijdrage invullen
contribution-correct-title = Bijdrage verbeteren
contribution-correct = Verbeteren
contribution-correct-save = Verbetering bewaren
contribution-back = Terug
contribution-same = Zelfde als vorige keer
contribution-more = Periode, tarief, bewijs, opmerking
contribution-field-kind = Soort
contribution-field-quantity = Hoeveel
contribution-field-quantity-hint = Uren bij tijd en talent; { $currency } bij geld en goederen.
contribution-field-activity = Waarvoor
contribution-field-confirm = Ja, deze ongewoon grote hoeveelheid klopt
contribution-field-reason = Waarom wordt ze verbeterd?
contribution-field-reason-hint = Blijft in de geschiedenis, met wat er eerst stond.
contribution-field-period-hint = Zoals oktober 2026, 3e kwartaal 2026, 2026 of 12 oktober 2026.
contribution-field-role = Soort werk
contribution-field-role-hint = De uren worden tegen dit tarief gewaardeerd.
contribution-field-role-usual = Het gebruikelijke
contribution-field-skill = Vaardigheid
contribution-field-skill-hint = Bij talent; waar het werk voor was, als dit leeg blijft.
contribution-field-people = Mensen
contribution-field-rate = Ander uurtarief
contribution-field-rate-reason = Waarom een ander tarief
contribution-field-currency = Andere munt
contribution-field-currency-hint = Drie letters, als het bedrag niet in { $currency } is.
contribution-field-exchange = Waarde van één eenheid daarvan in { $currency }
contribution-field-description = Wat het was
contribution-field-basis = De waarde berust op
contribution-field-link = Link naar bewijs
contribution-field-file = Bestand als bewijs
contribution-field-file-hint = PDF, afbeelding, Word, Excel of CSV, hoogstens 25 MB.
contribution-field-public = Anderen mogen het bewijs zien
contribution-field-public-hint = Financiers en lezers van een verhaal kunnen het dan openen.
contribution-field-note = Opmerking voor leden

## Link uit de mail en ontvangstbewijs
contribution-link-title = Wat gaf { $name }?
contribution-link-asked = { $name } vraagt het voor { $period }. Het kost ongeveer 15 seconden.
contribution-receipt-title = Dank u, het is ingevuld
contribution-receipt-hint = { $name }
contribution-moved-title = Wat het in beweging bracht
contribution-own-hours = Uren die u gaf
contribution-own-value = Wat ze waard zijn
contribution-of-hours = van { $all } uur van allen
contribution-of-value = van { $all } van allen
contribution-organizations-gave = Organisaties die gaven
contribution-supports = Metingen waaraan het bijdraagt
contribution-supports-none = Nog niet verbonden met een meting.
contribution-metric = Meting
contribution-log-another = Nog een invullen

## Eén bijdrage
contribution-logged = Ingevuld.
contribution-question = Een vraag:
contribution-verify = Akkoord
contribution-query = Vraag stellen
contribution-withdraw = Intrekken
contribution-logged-by = Ingevuld door
contribution-evidence = Bewijs
contribution-evidence-public = Mag buiten het partnerschap gezien worden.
contribution-evidence-members = Alleen voor leden.
contribution-evidence-none = Er is geen bestand of link gegeven.
contribution-say = Zeg er iets over
contribution-comment = Antwoord, vraag of reden
contribution-comment-send = Versturen
contribution-history = Geschiedenis
contribution-past-logged = Ingevuld: { $amount }, waarde { $value }
contribution-past-verified = Gecontroleerd: { $amount }, waarde { $value }
contribution-past-queried = Er is een vraag gesteld over { $amount }, waarde { $value }
contribution-past-answered = De vraag is beantwoord: { $amount }, waarde { $value }
contribution-past-corrected = Verbeterd: { $amount }, waarde { $value }
contribution-past-withdrawn = Ingetrokken: { $amount }, waarde { $value }
contribution-comment-question = Vraag
contribution-comment-answer = Antwoord
contribution-comment-remark = Opmerking
contribution-corrected = De verbetering is bewaard. Wat er eerst stond, staat in de geschiedenis.
contribution-verified = Gecontroleerd.
contribution-queried = Gevraagd. De organisatie krijgt uw vraag per mail, met een link om te antwoorden.
contribution-commented = Verstuurd.
contribution-withdrawn = Ingetrokken. Ze telt niet meer mee; ze blijft in de geschiedenis.

## Blad
contribution-sheet = Een maand invullen
contribution-sheet-title = Een maand invullen
contribution-sheet-hint = Eén regel per bijdrage: uren bij tijd en talent, { $currency } bij geld en goederen. Lege regels tellen niet.
contribution-sheet-save = Alles invullen
contribution-sheet-row = Regel { $row }: { $message }

## Tarieven
rates-title = Tarieven
rates-hint = Wat een uur waard is, per soort werk. Een nieuw tarief verandert niets aan wat al is ingevuld.
rates-role = Soort werk
rates-hourly = Waarde van een uur
rates-from = Vanaf
rates-source = Bron
rates-source-hint = Een besluit, een loontabel, een publicatie.
rates-new = Tarief vaststellen
rates-new-hint = Het eerste soort werk geldt als er geen gekozen is.
rates-save = Tarief vaststellen
rates-set = Het tarief is vastgesteld.
rates-empty = Hier staat wat een uur van elk soort werk waard is, zodat uren als investering meetellen.

## Herkomst
contribution-trace-member = { $name }, { $activity }, { $period }
contribution-trace-public = { $name }, { $kind }, { $period }
contribution-trace-count = { $n ->
    [one] { $n } bijdrage
   *[other] { $n } bijdragen
 }
contribution-trace-together = Samen getoond, omdat het er weinig zijn of de gevers buiten het partnerschap niet genoemd worden.
contribution-trace-organizations = { $n ->
    [one] { $n } organisatie
   *[other] { $n } organisaties
 }
contribution-trace-unnamed = Een partner die niet genoemd wordt
contribution-trace-total = { $who }, { $entries }
contribution-trace-kind = { $kind }: { $who }, { $entries }

## Verzoeken
contribution-requests-title = Verzoeken om in te vullen
contribution-requests-hint = Vraag organisaties wat zij gaven; ieder krijgt een eigen link per mail.
contribution-requests-by = { $name },
contribution-requests-answered = Mensen van wie de organisatie antwoordde
contribution-requests-waiting = Nog niet:
contribution-requests-remind = { $n ->
    [one] Herinner { $n } persoon
   *[other] Herinner { $n } mensen
 }
contribution-requests-empty = Hier staat wie gevraagd is om in te vullen, en wie het deed. Stuur het eerste verzoek.
contribution-requests-new = Nu vragen
contribution-requests-kind = Soort die al gekozen is
contribution-requests-message = Een woord van u
contribution-requests-some = Vraag alleen sommige organisaties
contribution-requests-send = Vraag per mail
contribution-requests-sent = Het verzoek is onderweg.
contribution-requests-reminded = De herinneringen zijn onderweg.
mail-contribution-ask-subject = { $organization }: wat gaf u in { $period }?
mail-contribution-ask-preheader = Het kost ongeveer 15 seconden, zonder wachtwoord.
mail-contribution-ask-why = U krijgt dit omdat u bijdragen van { $organization } aan { $partnership } invult.
mail-contribution-ask-heading = Wat gaf { $organization } in { $period }?
mail-contribution-ask-text = { $name }, { $by } vraagt naar uw uren, geld of goederen van deze periode. Het kost ongeveer 15 seconden, en u ziet meteen wat het in beweging bracht.
mail-contribution-ask-reminder = Dit is een herinnering; er is via dit verzoek nog niets ingevuld.
mail-contribution-ask-button = Nu invullen
mail-contribution-ask-until = De link is alleen voor u en werkt tot { $day }.

## Wat aandacht vraagt

contributions-needs-verify = { $n ->
    [one] Eén bijdrage wacht op controle
   *[other] { $n } bijdragen wachten op controle
 }
contributions-needs-answered = { $n ->
    [one] Eén vraag over een bijdrage is beantwoord
   *[other] { $n } vragen over bijdragen zijn beantwoord
 }
contributions-needs-look = Bekijken

## Wat een bijdrage in beweging brengt
contribution-helps = Wat helpt het vooruit?
contribution-helps-which = Maatstaven die het steunt
field-contribution-unknown-metric = Deze maatstaf is er niet in dit partnerschap.

## Een vraag per mail
contribution-your-answer = Uw antwoord
contribution-answer-send = Verstuur uw antwoord
contribution-answered = Dank u, uw antwoord is bij de backbone-medewerkers.
mail-contribution-question-subject = { $by } heeft een vraag over wat { $organization } gaf
mail-contribution-question-preheader = { $question }
mail-contribution-question-why = U krijgt dit omdat u bijdragen van { $organization } aan { $partnership } vastlegt.
mail-contribution-question-heading = Een vraag van { $by }
mail-contribution-question-text = { $by } heeft een vraag over { $amount } die { $organization } gaf in { $period } ({ $activity }):
mail-contribution-question-button = Antwoord of corrigeer

## Op de startpagina: wat aandacht vraagt, en wat er gebeurde
contributions-needs-verify-one = Vastgelegd door { $by }. Nog niemand heeft ernaar gekeken.
contributions-needs-verify-click = Controleren
contributions-needs-quiet = { $name } laat niets meer horen
contributions-needs-quiet-detail = Al { $days ->
    [one] één dag
   *[other] { $days } dagen
 } geen bijdrage of bezoek; daarvoor ongeveer elke { $rhythm ->
    [one] dag
    [7] week
   *[other] { $rhythm } dagen
 }.
contributions-needs-ask = Schrijf { $who }
contributions-needs-request = { $n ->
    [one] Eén organisatie heeft nog niet geantwoord over { $period }
   *[other] { $n } organisaties hebben nog niet geantwoord over { $period }
 }
contributions-needs-request-detail = { $more ->
    [0] { $names }
    [one] { $names } en nog één
   *[other] { $names } en nog { $more }
 }
contributions-needs-again = Vraag het nog eens
contributions-needs-mine = { $by } vraagt wat u gaf in { $period }
contributions-needs-log = Leg het vast
contributions-asked-requests = { $n ->
    [one] één verzoek om vast te leggen
   *[other] { $n } verzoeken om vast te leggen
 }
contributions-asked-questions = { $n ->
    [one] één vraag over een bijdrage
   *[other] { $n } vragen over bijdragen
 }
contributions-told-hours = { $name } gaf { $n ->
    [one] één uur
   *[other] { $hours } uur
 }: { $activity }
contributions-told-value = { $name } gaf { $value }: { $activity }
contributions-told-verified = { $by } controleerde “{ $activity }” van { $name }
contributions-told-queried = { $by } vroeg { $name } naar “{ $activity }”
contributions-told-answered = { $name } antwoordde over “{ $activity }”
contributions-told-corrected = { $by } corrigeerde “{ $activity }” van { $name }
contributions-told-withdrawn = { $by } trok “{ $activity }” van { $name } in
contributions-told-asked = { $by } vroeg { $n ->
    [one] één persoon
   *[other] { $n } mensen
 } wat er in { $period } is gegeven
contributions-told-reminded = { $by } herinnerde { $n ->
    [one] één persoon
   *[other] { $n } mensen
 } aan de vraag wat er in { $period } is gegeven

contributions-notice-asked = { $by } vraagt wat je gaf in { $period }
contributions-notice-queried = { $by } heeft een vraag over { $activity } van { $name }
contributions-notice-verified = { $by } controleerde { $activity } van { $name }
contributions-notice-answered = { $name } beantwoordde je vraag over { $activity }
contributions-date-asked = Vastleggen wat je gaf in { $period }: { $by } vraagt erom
## What is asked of a partner
contributions-needs-reply = Een vraag over “{ $activity }”, { $period }
contributions-needs-reply-detail = { $by } vraagt: { $question }
contributions-needs-answer = Antwoorden
contributions-needs-mine-detail = “{ $message }”
contributions-needs-same-hours = Hetzelfde als vorige keer: { $n ->
    [one] één uur
   *[other] { $hours } uur
 }
contributions-needs-same-value = Hetzelfde als vorige keer: { $value }

## Nog eens hetzelfde, en eigen sjablonen
contribution-repeat = Nog eens hetzelfde vastleggen
contribution-templates-title = Uw sjablonen
contribution-templates-hint = Wat u telkens weer geeft, al ingevuld. Ze zijn alleen van u; wat ermee is vastgelegd blijft staan als u er een verwijdert.
contribution-templates-empty = Bewaar wat u vastlegt als sjabloon, dan staat het hier klaar. “Bewaren als sjabloon” vindt u bij alles wat u hebt vastgelegd.
contribution-template-use = Vastleggen
contribution-template-remove = Verwijderen
contribution-template-keep = Bewaren als sjabloon
contribution-template-keep-hint = Het staat klaar op uw startpagina, ingevuld op de maand na.
contribution-template-name = Naam
contribution-template-kept = Bewaard. Het staat voortaan klaar op uw startpagina.
contribution-template-removed = Het sjabloon is weg. Wat ermee is vastgelegd blijft staan.
field-contribution-template-taken = U hebt al een sjabloon met deze naam. Geef dit een andere.
## First steps of a new partnership
first-contribution = Leg een eerste bijdrage vast
first-contribution-why = Tijd, kennis, geld of spullen: bij wat partners geven begint elk getal.
