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
