# Wat partners geven: woorden van de pagina's, problemen en mails.

contributions-nav = Bijdragen

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
problem-contribution-not-yours = Niet uw organisatie
problem-contribution-not-yours-detail = U kunt alleen voor uw eigen organisatie invullen en verbeteren. Er is niets gewijzigd.
problem-contribution-step = Deze stap kan nu niet
problem-contribution-step-detail = De bijdrage is inmiddels “{ $status }”. Er is niets gewijzigd. Bekijk haar opnieuw om te zien wat er is gebeurd.
problem-contribution-rate-taken = Er is al een tarief vanaf deze dag
problem-contribution-rate-taken-detail = Een tarief wordt nooit overschreven. Laat het nieuwe op een andere dag ingaan.
problem-contribution-nobody-to-ask = Er is niemand om te vragen
problem-contribution-nobody-to-ask-detail = Geen van de gekozen organisaties heeft iemand die bijdragen kan invullen. Nodig eerst iemand uit.
field-contribution-period = “{ $text }” is geen periode. Schrijf een maand (2026-10), een kwartaal (2026-Q3), een jaar (2026) of een dag (2026-10-12).
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
