# Woorden van de scorekaart, de maatstaven en hun metingen.

metrics-nav = Scorekaart

## De vier perspectieven waarmee een partnerschap begint
metrics-perspective-people = De mensen voor wie we er zijn
metrics-perspective-partners = Partners
metrics-perspective-work = Hoe we werken
metrics-perspective-learning = Leren en middelen

## Problemen
problem-metrics-budget-used = { $scorecard } heeft al { $budget } maatstaven
problem-metrics-budget-used-detail = Er is niets gewijzigd. Een scorekaart werkt doordat ze kort blijft: laat een maatstaf vervallen, of laat de nieuwe in één stap diens plaats innemen.
problem-metrics-budget-too-small = Er staan { $used } maatstaven op deze scorekaart
problem-metrics-budget-too-small-detail = Het budget is niet gewijzigd. Haal eerst maatstaven van de scorekaart.
problem-metrics-on-scorecard = Deze maatstaf staat al op de scorekaart
problem-metrics-retired = Deze maatstaf is vervallen
problem-metrics-retired-detail = Er is niets gewijzigd. Neem de maatstaf eerst weer in gebruik.
problem-metrics-already-measured = Dit is al gemeten
problem-metrics-already-measured-detail = Er is niets opgeslagen. Er is al een meting voor dezelfde maatstaf, organisatie en periode: corrigeer die, dan blijft de geschiedenis heel. Het nummer ervan is { $id }.
problem-metrics-withdrawn = Deze meting is ingetrokken
problem-metrics-withdrawn-detail = Er is niets gewijzigd. Meld de meting opnieuw.
problem-metrics-may-not-measure = Anderen meten deze maatstaf
problem-metrics-may-not-measure-detail = Er is niets opgeslagen. U kunt voor uw eigen organisatie melden waar een maatstaf dat toelaat. Vraag de backbone-medewerkers als u meer nodig hebt.
problem-metrics-perspective-in-use = Onder dit perspectief staan maatstaven of doelen
problem-metrics-perspective-in-use-detail = Er is niets verwijderd. Verplaats ze eerst naar een ander perspectief.
problem-metrics-rows-refused = { $n } rijen zijn geweigerd
problem-metrics-rows-refused-detail = Er is niets opgeslagen. Verbeter de rijen en stuur ze alle opnieuw, of vraag met partial alleen om de goede.
problem-metrics-bulk-size = Stuur 1 tot { $max } rijen tegelijk

field-metrics-name-taken = Deze naam is al in gebruik. Kies een andere.
field-metrics-unit-currency = Bij geld is de eenheid een valutacode, zoals EUR.
field-metrics-range-missing = Geef minstens één grens van het goede gebied.
field-metrics-range-order = Moet groter zijn dan de ondergrens.
field-metrics-targets-twice = Twee streefwaarden eindigen op dezelfde dag. Houd er één.
field-metrics-targets-before-baseline = Streefwaarden liggen na de nulmeting.
field-metrics-level-range = Waar een gebied goed is, geeft u afstanden en geen niveaus.
field-metrics-threshold-order = “Opletten” begint achter “op koers”.
field-metrics-objective-elsewhere = Dit doel hoort bij een ander perspectief.
field-metrics-retired = Deze maatstaf is vervallen en krijgt geen nieuwe metingen.
field-metrics-metric-unknown = Deze maatstaf is er niet in dit partnerschap.
field-metrics-organization-unknown = Deze organisatie is er niet in dit partnerschap.
field-metrics-may-not-measure = U mag deze maatstaf niet voor deze organisatie melden.
field-metrics-already-measured = Dit is al gemeten. Corrigeer die meting.
field-metrics-period = Geen periode. Schrijf bijvoorbeeld 2026, 2026-Q3, 2026-10, 2025/26 of oktober 2026.
field-metrics-dimensions-large = Hoogstens 12 uitsplitsingen, met korte namen.
field-metrics-dimension-unknown = “{ $name }” is geen uitsplitsing van deze maatstaf. Wel: { $allowed }.
field-metrics-evidence-url = Een adres begint met https:// of http://.
field-metrics-value-and-marker = Geef een waarde, of zeg dat er geen is; niet allebei.
field-metrics-denominator-zero = Moet groter zijn dan nul.
field-metrics-both-parts = Geef beide getallen: zoveel van de zoveel.
field-metrics-parts-disagree = De waarde klopt niet met de twee getallen. Laat haar weg om haar te laten berekenen.
field-metrics-order-other = Noem dezelfde maatstaven, elk één keer, in de gewenste volgorde.

## Cijfers in woorden
metrics-of = { $n } van { $of }
metrics-no-data = Geen cijfer
metrics-fewer-than = minder dan { $n }
metrics-a-partner = Een partner
metrics-figure-of = { $metric }, { $period }
metrics-reported-by = { $whose }, { $period }
metrics-verified-all = Alles gecontroleerd
metrics-verified-not-all = Niet alles gecontroleerd
metrics-marker-suppressed = Niet getoond: weinig mensen
metrics-marker-missing = Geen waarde
metrics-measurement-reported = Gemeld
metrics-measurement-verified = Gecontroleerd
metrics-measurement-queried = Bevraagd
metrics-measurement-withdrawn = Ingetrokken
metrics-fact-meaning = Wat het betekent
metrics-fact-latest = Laatste
metrics-fact-source = Bron
metrics-fact-owner = Eigenaar
metrics-fact-measurements = Metingen
metrics-fact-verified = Gecontroleerd
metrics-fact-organization = Organisatie
metrics-fact-status = Status
metrics-fact-reported-by = Gemeld door
metrics-fact-evidence = Bewijs
metrics-fact-note = Opmerking

## De scorekaart
metrics-summary = { $used } van { $budget } maatstaven in gebruik · { $on_target } op koers · { $fresh } % actueel · de streepjeslijn is het doel
metrics-empty = De scorekaart toont de paar cijfers die zeggen of het partnerschap komt waar het wil zijn. Stel de eerste maatstaf vast en meld daarna de meting.
metrics-choose = Maatstaven kiezen
metrics-define = Maatstaf toevoegen
metrics-edit = Bewerken
metrics-metric = Maatstaf
metrics-latest = Laatste
metrics-last-periods = Laatste 12 perioden
metrics-status = Status
metrics-owner = Eigenaar
metrics-updated = Bijgewerkt
metrics-standing-on-target = Op koers
metrics-standing-watch = Opletten
metrics-standing-off = Uit koers
metrics-standing-no-data = Nog geen cijfer
metrics-standing-no-target = Geen streefwaarde
metrics-attained = { $share } van de streefwaarde
metrics-trend-nothing = Nog niets gemeten
metrics-trend-unknown = Nog te vroeg
metrics-trend-unsure = Geen verandering waar we zeker van zijn
metrics-trend-within = Binnen het goede gebied
metrics-trend-better = Wordt beter, { $run }
metrics-trend-worse = Wordt slechter, { $run }
metrics-down-is-good = { $text } (minder is goed)
metrics-run-months = { $n ->
    [one] { $n } maand
   *[other] { $n } maanden
 }
metrics-run-quarters = { $n ->
    [one] { $n } kwartaal
   *[other] { $n } kwartalen
 }
metrics-run-years = { $n ->
    [one] { $n } jaar
   *[other] { $n } jaar
 }
metrics-run-school-years = { $n ->
    [one] { $n } schooljaar
   *[other] { $n } schooljaren
 }
metrics-run-periods = { $n ->
    [one] { $n } periode
   *[other] { $n } perioden
 }
metrics-spark = Van { $from } in { $start } naar { $to } in { $end }.
metrics-period = Periode
metrics-value = Waarde
metrics-target = Streefwaarde
metrics-baseline = Nulmeting

## Kiezen wat erop staat
metrics-manage-title = Maatstaven kiezen
metrics-manage-hint = { $used } van { $budget } in gebruik. Over weinig maatstaven wordt gesproken; naar veel wordt alleen gekeken.
metrics-on-card = Op de scorekaart, in deze volgorde
metrics-card-empty = Er staat nog niets op de scorekaart.
metrics-up = Omhoog
metrics-up-full = { $name } omhoog
metrics-down = Omlaag
metrics-down-full = { $name } omlaag
metrics-take-off = Eraf halen
metrics-take-off-full = { $name } van de scorekaart halen
metrics-add-title = Een maatstaf erop zetten
metrics-full = Het budget van { $budget } is op: kies welke maatstaf plaatsmaakt.
metrics-instead-of = In plaats van
metrics-choose-one = Kies er een
metrics-retire-it = Die maatstaf ook laten vervallen
metrics-put-on = Op de scorekaart zetten
metrics-nothing-to-add = Alle maatstaven in gebruik staan op de scorekaart.
metrics-budget = Budget
metrics-budget-label = Hoogstens zoveel maatstaven
metrics-budget-hint = Tien passen in één vergadering.
metrics-save-budget = Budget opslaan
metrics-retired-ones = Vervallen maatstaven
metrics-flash-added = De maatstaf staat op de scorekaart.
metrics-flash-removed = De maatstaf is van de scorekaart; de metingen blijven.
metrics-flash-moved = Verplaatst.
metrics-flash-budget = Het budget is opgeslagen.

## De pagina van een maatstaf
metrics-report = Meting melden
metrics-report-it = Melden
metrics-is-retired = Deze maatstaf is vervallen. De metingen blijven; er worden geen nieuwe gevraagd.
metrics-over-time = Verloop
metrics-as-table = Als tabel tonen
metrics-chart = { $name } door de tijd, met de streefwaarde als streepjeslijn.
metrics-not-from-zero = De as begint niet bij nul.
metrics-measurements = Metingen
metrics-no-measurements = Er is nog niets gemeten. De eerste meting geeft de lijn haar begin.
metrics-corrected = Versie { $n }
metrics-review = Controle
metrics-verify = Goedkeuren
metrics-verify-full = { $whose }, { $period } goedkeuren
metrics-whose = Cijfer van
metrics-whole = Het partnerschap als geheel
metrics-definition = Wat er gemeten wordt
metrics-retire = Laten vervallen
metrics-revive = Weer in gebruik nemen
metrics-used-in = Op de scorekaart
metrics-yes = Ja
metrics-no = Nee
metrics-percent-sign = %
metrics-flash-defined = De maatstaf is vastgesteld.
metrics-flash-saved = Opgeslagen.
metrics-flash-reported = Dank u, de meting is gemeld.
metrics-flash-verified = Gecontroleerd.

## Het formulier
metrics-save = Maatstaf opslaan
metrics-f-name = Naam
metrics-f-perspective = Perspectief
metrics-f-kind = Soort getal
metrics-f-unit = Eenheid
metrics-f-unit-hint = Zoals kinderen of uren; bij geld een valuta, zoals EUR.
metrics-f-decimals = Cijfers achter de komma
metrics-f-direction = Wat goed is
metrics-f-range-low = Goed vanaf
metrics-f-range-high = Goed tot en met
metrics-f-baseline-period = Nulmeting: periode
metrics-f-baseline-value = Nulmeting: waarde
metrics-f-period-hint = Zoals 2026, 2026-Q3, 2026-10 of 2025/26.
metrics-f-target-period = Streefwaarde: periode
metrics-f-target-value = Streefwaarde: waarde
metrics-f-target-hint = De weg ernaartoe is een rechte lijn vanaf de nulmeting.
metrics-f-threshold-on = Op koers tot zover achter
metrics-f-threshold-watch = Opletten tot zover achter
metrics-f-threshold-hint = In procenten van de weg, tenzij de maatstaf niveaus of afstanden kreeg.
metrics-f-frequency = Hoe vaak
metrics-f-across = Cijfers van organisaties worden
metrics-f-level = Gaat over
metrics-f-measurers = Wie meldt
metrics-f-public = Financiers mogen het zien
metrics-f-public-hint = Ook lezers van een verhaal dat het toont. Kleine aantallen blijven verborgen.
metrics-f-numerator = Zoveel
metrics-f-denominator = Van de zoveel
metrics-f-evidence = Bewijs: adres
metrics-kind-number = Getal
metrics-kind-percent = Percentage
metrics-kind-money = Geld
metrics-kind-ratio = Zoveel van de zoveel
metrics-direction-up = Meer
metrics-direction-down = Minder
metrics-direction-range = Een gebied
metrics-frequency-month = Elke maand
metrics-frequency-quarter = Elk kwartaal
metrics-frequency-half-year = Elk halfjaar
metrics-frequency-year = Elk jaar
metrics-frequency-school-year = Elk schooljaar
metrics-aggregation-sum = Opgeteld
metrics-aggregation-mean = Gemiddeld
metrics-aggregation-last = Het laatste
metrics-aggregation-weighted = Gewogen naar de noemers
metrics-aggregation-min = Het kleinste
metrics-aggregation-max = Het grootste
metrics-aggregation-count = Geteld
metrics-level-population = De mensen
metrics-level-performance = Wat partners doen
metrics-measurers-staff = Medewerkers
metrics-measurers-owner = Eigenaar
metrics-measurers-members = Leden
