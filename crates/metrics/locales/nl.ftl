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
problem-metrics-rows-refused = { $n ->
    [one] Eén rij is geweigerd
   *[other] { $n } rijen zijn geweigerd
 }
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
metrics-take-off-full = Eraf halen: { $name }
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
metrics-correct = Verbeteren
metrics-correct-full = { $whose }, { $period } verbeteren
metrics-correct-title = Meting verbeteren
metrics-correct-hint = { $whose }, { $period }. Wat er stond, blijft in de geschiedenis bewaard.
metrics-correct-why = Waarom wordt het verbeterd?
metrics-correct-why-hint = Bewaard als notitie, zoals “Twee scholen waren dubbel geteld.”
metrics-correct-save = Verbetering opslaan
metrics-correct-back = Terug
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
metrics-flash-corrected = Verbeterd. De meting moet opnieuw worden gecontroleerd.

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
metrics-f-period-hint = Zoals 2026, 3e kwartaal 2026, oktober 2026 of 2025/26.
metrics-f-target-period = Streefwaarde: periode
metrics-f-target-value = Streefwaarde: waarde
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

## Import: wat er mis is met een rij, en wat te doen

import-problem-too-few-cells = De rij heeft { $found } cellen en de kop { $expected }.
import-advice-too-few-cells = Voeg de ontbrekende cellen toe, of zet aanhalingstekens om een tekst met een regeleinde.
import-problem-too-many-cells = De rij heeft { $found } cellen en de kop { $expected }.
import-advice-too-many-cells = Verwijder de extra cellen, of zet aanhalingstekens om een tekst met het scheidingsteken.
import-problem-ends-mid-row = Het bestand eindigt midden in deze rij, na { $found } van { $expected } cellen.
import-advice-ends-mid-row = Het bestand is waarschijnlijk afgekapt: exporteer of upload het opnieuw.
import-problem-ends-mid-quote = Het bestand eindigt binnen een tekst tussen aanhalingstekens die in deze rij begint.
import-advice-ends-mid-quote = Sluit het aanhalingsteken; is het bestand afgekapt, exporteer of upload het dan opnieuw.
import-problem-cell-error = De cel bevat de fout { $error }.
import-advice-cell-error = Herstel de formule, of laat de cel leeg.
import-problem-formula-without-result = Cel { $cell } bevat een formule zonder bewaard resultaat.
import-advice-formula-without-result = Open het bestand in een rekenprogramma en sla het op, of vervang de formule door de uitkomst.
import-problem-period-blank = Er is geen periode.
import-advice-period-blank = Schrijf er een, zoals 2020, 2020-Q1, 2020-01 of 2020-01-15.
import-problem-period-unknown = “{ $text }” is geen periode.
import-advice-period-unknown = Schrijf een jaar (2020), een kwartaal (2020-Q1), een maand (2020-01), een week (2020-W05), een dag (2020-01-15), een boekjaar (2019/20) of jaren (2018-2020).
import-problem-period-marked-year = “{ $text }” is een jaar met een teken erachter.
import-advice-period-marked-year = Schrijf alleen het jaar, of de dagen die bedoeld zijn (2020-01-15).
import-problem-period-ambiguous-day = Bij “{ $text }” kan de dag of de maand vooraan staan.
import-advice-period-ambiguous-day = Schrijf jaar-maand-dag, of zeg bij de kolommen wat vooraan staat.
import-problem-period-ambiguous-fiscal-year = “{ $text }” zegt niet waar het boekjaar begint.
import-advice-period-ambiguous-fiscal-year = Schrijf beide jaren, zoals 2019/20.
import-problem-period-no-such-month = Maand { $text } bestaat niet.
import-advice-period-no-such-month = Maanden zijn 1 tot en met 12.
import-problem-period-no-such-quarter = Kwartaal { $text } bestaat niet.
import-advice-period-no-such-quarter = Kwartalen zijn 1 tot en met 4.
import-problem-period-no-such-half = Halfjaar { $text } bestaat niet.
import-advice-period-no-such-half = Halfjaren zijn 1 en 2.
import-problem-period-no-such-week = Week { $text } bestaat niet.
import-advice-period-no-such-week = Kijk op een kalender: een jaar heeft 52 weken, soms 53.
import-problem-period-no-such-day = “{ $text }” is geen dag van de kalender.
import-advice-period-no-such-day = Verbeter de datum.
import-problem-period-ends-before-start = De periode eindigt voordat zij begint.
import-advice-period-ends-before-start = Zet de vroegste vooraan.
import-problem-period-out-of-range = Het jaar valt buiten het bereik.
import-advice-period-out-of-range = Jaren zijn 1000 tot en met 8999; waarschijnlijk een tikfout.
import-problem-number-not-a-number = “{ $text }” is geen getal.
import-advice-number-not-a-number = Schrijf cijfers, zoals 1234,5, of laat de cel leeg als er geen cijfer is.
import-problem-number-formula = “{ $text }” is een formule.
import-advice-number-formula = Vervang haar door de uitkomst.
import-problem-number-spreadsheet-error = “{ $text }” is een fout uit een rekenblad.
import-advice-number-spreadsheet-error = Herstel de formule, of laat de cel leeg.
import-problem-number-ambiguous = “{ $text }” kan duizendtallen of een breuk hebben.
import-advice-number-ambiguous = Schrijf het zonder teken voor duizendtallen, of zeg bij de kolommen welk teken de breuk afscheidt.
import-problem-number-bad-groups = De tekens in “{ $text }” verdelen het niet in duizendtallen.
import-advice-number-bad-groups = Schrijf het zonder teken voor duizendtallen.
import-problem-number-too-long = “{ $text }” heeft meer dan 28 cijfers.
import-advice-number-too-long = Rond het af.
import-problem-number-too-large = “{ $text }” is groter dan een meting kan zijn.
import-advice-number-too-large = Verbeter het, of gebruik een grotere eenheid, zoals miljoenen.
import-problem-metric-gone = De indicator van deze kolom is er niet meer.
import-advice-metric-gone = Kies een indicator bij de kolommen.
import-problem-metric-blank = De rij noemt geen indicator.
import-advice-metric-blank = Schrijf de naam zoals die in de lijst van indicatoren staat.
import-problem-metric-unknown = Er is geen indicator “{ $text }”.
import-advice-metric-unknown = Schrijf de naam zoals die in de lijst van indicatoren staat, of maak haar eerst.
import-problem-metric-retired = Deze indicator is uit gebruik genomen.
import-advice-metric-retired = Neem haar weer in gebruik, of kies een andere.
import-problem-organization-unknown = Er is geen organisatie “{ $text }” in het samenwerkingsverband.
import-advice-organization-unknown = Schrijf de naam zoals die in de lijst van organisaties staat, voeg haar eerst toe, of bewaar deze kolom als uitsplitsing.
import-problem-denominator-zero = De noemer is niet groter dan nul.
import-advice-denominator-zero = Verbeter hem, of laat teller en noemer leeg.
import-problem-parts-incomplete = Teller en noemer worden alleen samen opgegeven.
import-advice-parts-incomplete = Geef beide, of geen van beide.
import-problem-parts-disagree = De waarde { $text } is niet wat teller en noemer opleveren: { $divided }.
import-advice-parts-disagree = Verbeter een van de drie.
import-problem-currency = Het bedrag is in { $found } en de indicator in { $expected }.
import-advice-currency = Reken het om, of gebruik een indicator in die munt.
import-problem-dimensions-many = De rij is naar meer dan twaalf kolommen uitgesplitst.
import-advice-dimensions-many = Lees een deel ervan niet in.
import-problem-dimension-long = De naam van dit deel is langer dan 200 tekens.
import-advice-dimension-long = Kort hem in, of bewaar de kolom als opmerking.
import-problem-dimension-unknown = De indicator wordt niet naar deze kolom uitgesplitst, alleen naar { $allowed }.
import-advice-dimension-unknown = Lees de kolom niet in, of sta haar toe bij de indicator.
import-problem-duplicate = Rij { $row } zegt al hetzelfde.
import-advice-duplicate = Niets te doen: zij telt één keer.
import-problem-contradiction = Rij { $row } geeft een andere waarde voor dezelfde indicator, organisatie, periode en uitsplitsing.
import-advice-contradiction = Houd een van de twee rijen; de eerste telt. Verschillen zij in een andere kolom, bewaar die dan als uitsplitsing.
import-problem-correction = Het was { $old } en wordt { $new }.
import-advice-correction = Dit verandert alleen als je dat bij het importeren kiest.

import-note-encoding = Het bestand is gelezen als { $encoding }.
import-note-blank-header = Een kolom zonder naam heet nu “{ $name }”.
import-note-duplicate-header = Twee kolommen heten “{ $header }”; de latere heet nu “{ $name }”.
import-note-lines-above-header = Regels boven de kop die zijn overgeslagen: { $count }.
import-note-no-final-line-end = Het bestand eindigt niet met een regeleinde: kijk of de laatste waarde van rij { $row } heel is.
import-note-other-sheets = Het blad “{ $read }” is gelezen; niet gelezen: { $others }.
import-note-formulas = Cellen met een formule: { $count } (de eerste is { $first }). De uitkomsten uit het bestand zijn gebruikt.
import-note-day-order = Datums worden gelezen met de { $order ->
    [day_first] dag
   *[other] maand
 } vooraan, vanwege “{ $example }”.
import-note-mixed-day-order = In “{ $day_first }” staat de dag vooraan en in “{ $month_first }” de maand; wat beide kan zijn wordt gemeld.
import-note-year-pairs = Paren zoals “{ $example }” worden gelezen als eerste en laatste jaar, niet als jaar en maand.
import-note-mixed-pairs = “{ $years }” kan alleen jaren zijn en “{ $month }” alleen een maand; paren die beide kunnen zijn worden als maand gelezen.
import-note-decimal-comma = Getallen worden gelezen met een decimale komma, vanwege “{ $example }”.
import-note-assumed = “{ $example }” kan duizendtallen of een breuk hebben; het is gelezen als { $read_as }.
import-note-mixed = “{ $point }” heeft een decimale punt en “{ $comma }” een decimale komma; getallen die beide kunnen zijn worden gemeld.

## Import: bestanden die niet gelezen worden

problem-import-empty = Het bestand is leeg
problem-import-empty-detail = Het bevat geen enkele rij. Er is niets bewaard. Kies een ander bestand.
problem-export-workbook = Te veel rijen voor een werkmap
problem-export-workbook-detail = Een werkmap wordt gemaakt tot { $limit } rijen. Neem het CSV- of JSON-bestand, die alles bevatten, of beperk de export tot een indicator of periode.
problem-import-too-large = Het bestand is te groot
problem-import-too-large-detail = Het heeft { $size } bytes en mag er { $limit } hebben. Er is niets geïmporteerd. Verdeel het over meer bestanden.
problem-import-too-many-rows = Het bestand heeft te veel rijen
problem-import-too-many-rows-detail = Het heeft meer dan { $limit } rijen. Er is niets geïmporteerd. Verdeel het over meer bestanden.
problem-import-too-many-columns = Het bestand heeft te veel kolommen
problem-import-too-many-columns-detail = Rij { $row } heeft meer dan { $limit } kolommen. Er is niets geïmporteerd. Verwijder wat niet nodig is.
problem-import-cell-too-long = Een cel is te lang
problem-import-cell-too-long-detail = De cel op { $at } is langer dan { $limit } bytes. Er is niets geïmporteerd. Kort haar in, of zoek een aanhalingsteken dat nooit wordt gesloten.
problem-import-not-a-table = Dit is geen tabel
problem-import-not-a-table-detail = Het bestand is { $found }. Er is niets geïmporteerd. Exporteer het als CSV of XLSX.
problem-import-unpacks-too-large = De werkmap pakt te groot uit
problem-import-unpacks-too-large-detail = Zij zou uitpakken tot { $size } bytes en mag er { $limit } worden, en is ongelezen geweigerd.
problem-import-too-many-parts = De werkmap heeft te veel delen
problem-import-too-many-parts-detail = Zij bestaat uit { $count ->
    [one] één deel
   *[other] { $count } delen
 } en mag er { $limit } hebben, en is ongelezen geweigerd.
problem-import-far-cell = Een cel staat ver van elke tabel
problem-import-far-cell-detail = Het blad heeft een cel op { $cell }. Er is niets geïmporteerd. Verwijder wat daar staat en sla opnieuw op.
problem-import-no-such-sheet = Dat blad is er niet
problem-import-no-such-sheet-detail = Er is geen blad “{ $name }”; er zijn: { $sheets }.
problem-import-damaged = Het bestand is beschadigd
problem-import-damaged-detail = Het kan niet worden gelezen ({ $detail }). Er is niets geïmporteerd. Open het in een rekenprogramma en sla het opnieuw op.
problem-import-sandbox-too-much-memory = Het lezen vroeg te veel geheugen
problem-import-sandbox-too-much-memory-detail = Het is gestopt en er is niets geïmporteerd. Verdeel de werkmap, of exporteer het blad als CSV.
problem-import-sandbox-killed = Het lezen is door het systeem gestopt
problem-import-sandbox-killed-detail = De machine heeft waarschijnlijk te weinig geheugen. Er is niets geïmporteerd. Probeer het later, of exporteer het blad als CSV.
problem-import-sandbox-too-slow = Het lezen duurde te lang
problem-import-sandbox-too-slow-detail = Het is gestopt en er is niets geïmporteerd. Verdeel de werkmap, of exporteer het blad als CSV.
problem-import-sandbox-too-much-output = De werkmap bevat te veel
problem-import-sandbox-too-much-output-detail = Het lezen is gestopt en er is niets geïmporteerd. Verdeel de werkmap, of exporteer het blad als CSV.
problem-import-sandbox-too-much-input = De werkmap is te groot
problem-import-sandbox-too-much-input-detail = Er is niets geïmporteerd. Verdeel de werkmap, of exporteer het blad als CSV.
problem-import-sandbox-refused = De werkmap kan niet worden gelezen
problem-import-sandbox-refused-detail = Er is niets geïmporteerd. Open haar in een rekenprogramma en sla opnieuw op, of exporteer het blad als CSV.
problem-import-sandbox-crashed = De werkmap kan niet worden gelezen
problem-import-sandbox-crashed-detail = Het lezen mislukte op een onvoorziene manier; de rest merkte er niets van. Exporteer het blad als CSV.
problem-import-sandbox-busy = Te veel werkmappen tegelijk
problem-import-sandbox-busy-detail = Er worden andere gelezen. Er is niets geïmporteerd. Probeer het over een minuut opnieuw.
problem-import-sandbox-unavailable = Werkmappen kunnen nu niet worden gelezen
problem-import-sandbox-unavailable-detail = Het werk kon op deze machine niet beginnen. Er is niets geïmporteerd. Exporteer het blad als CSV, of zeg het de beheerder.
problem-import-database = De database weigerde
problem-import-database-detail = { $text }. Wat tot dan toe geschreven is wordt getoond; je kunt verdergaan of het terugnemen.
problem-import-under-way = Deze import is begonnen
problem-import-under-way-detail = Hoe het bestand gelezen wordt staat nu vast. Neem de import terug en upload het bestand opnieuw.
problem-import-not-mapped = Dit bestand kan nu niet worden gecontroleerd
problem-import-not-mapped-detail = Zeg eerst wat elke kolom is; een geïmporteerd bestand wordt niet opnieuw gecontroleerd.
problem-import-not-checked = Dit bestand kan nu niet worden geïmporteerd
problem-import-not-checked-detail = Het moet gecontroleerd zijn en nog niet onderweg. Kijk hoe ver het is.
problem-import-over = Er is niets te stoppen
problem-import-over-detail = De import is al voorbij. Kijk wat ervan geworden is.
problem-import-nothing-to-undo = Er is niets terug te nemen
problem-import-nothing-to-undo-detail = De import heeft niets geschreven, of is nog bezig. Stop hem eerst.
field-import-column-missing = Het bestand heeft geen kolom “{ $column }”.
field-import-column-metric = Zeg welke indicator “{ $column }” is.
field-import-role-twice = “{ $first }” en “{ $second }” kunnen dat niet allebei zijn; houd een van beide.
field-import-no-period = Zeg welke kolom de periode is, of schrijf de ene periode van het hele bestand.
field-import-no-value = Zeg welke kolom de waarde is, of welke teller en noemer zijn.
field-import-no-metric = Kies de indicator, maak een nieuwe, of zeg welke kolom haar noemt.
field-import-wide-and-long = De waarden staan in kolommen met een periode erboven; daarnaast kan geen kolom voor waarde, periode of één indicator staan.

## Import: pagina’s

imports-title = Imports
imports-hint = Metingen uit CSV- en Excelbestanden: uploaden, zeggen wat elke kolom is, zien wat er zou gebeuren, importeren.
imports-link = Importeren
imports-new = Bestand importeren
imports-empty = Er is nog geen bestand geïmporteerd. Een bestand van een statistiekbureau, een rekenblad of een ander systeem kan zo worden gelezen.
imports-file = Bestand
imports-rows = Rijen
imports-state = Stand
imports-by = Door
imports-when = Wanneer
imports-state-uploaded = Geüpload
imports-state-mapped = Kolommen bekend
imports-state-checking = Wordt gecontroleerd
imports-state-checked = Gecontroleerd
imports-state-importing = Wordt geïmporteerd
imports-state-done = Geïmporteerd
imports-state-failed = Gestopt door een fout
imports-state-cancelled = Geannuleerd
imports-state-undoing = Wordt teruggenomen
imports-state-undone = Teruggenomen
imports-upload-title = Bestand importeren
imports-upload-hint = Er wordt nog niets geïmporteerd: eerst zie je wat er in het bestand staat.
imports-upload-file = CSV- of Excelbestand
imports-upload-limits = .csv, .tsv, .txt of .xlsx, hoogstens { $limit } MB (werkmappen 25 MB) en twee miljoen rijen. Jaren zoals 2018-20, kwartalen, decimale komma’s en allerlei coderingen worden begrepen.
imports-upload-sheet = Blad
imports-upload-sheet-hint = Van een werkmap; leeg is het eerste met inhoud.
imports-upload-button = Bestand bekijken
imports-map-title = Wat staat er in { $file }?
imports-map-hint = { $rows ->
    [one] Eén rij.
   *[other] { $rows } rijen.
 } Zeg wat elke kolom is; het voorstel komt uit de koppen.
imports-map-columns = Kolommen
imports-map-use = Is
imports-map-example = Eerste waarden
imports-map-which-metric = Indicator van deze kolom
imports-role-period = Periode
imports-role-value = Waarde
imports-role-metric = Naam van de indicator
imports-role-organization = Organisatie
imports-role-numerator = Teller
imports-role-denominator = Noemer
imports-role-source = Bron
imports-role-note = Opmerking
imports-role-dimension = Uitsplitsing (wijk, leeftijd, …)
imports-role-period-column = Waarden van de periode in de kop
imports-role-metric-column = Waarden van één indicator
imports-role-ignore = Niet gelezen
imports-map-metric = Indicator
imports-map-metric-hint = Van alle waarden in het bestand, tenzij een kolom haar noemt.
imports-map-metric-new = Een nieuwe, hier te maken
imports-map-metric-column = Zoals de kolommen zeggen
imports-map-new-title = Nieuwe indicator
imports-map-new-name = Naam
imports-map-new-unit = Eenheid
imports-map-new-kind = Soort getal
imports-map-new-direction = Goed is
imports-map-new-frequency = Gemeten elke
imports-kind-number = Getal
imports-kind-percent = Percentage
imports-kind-money = Geld
imports-kind-ratio = Zoveel van de zoveel
imports-direction-up = Meer
imports-direction-down = Minder
imports-direction-range = Binnen grenzen
imports-frequency-month = Maand
imports-frequency-quarter = Kwartaal
imports-frequency-half-year = Halfjaar
imports-frequency-year = Jaar
imports-frequency-school-year = Schooljaar
imports-map-organization = Organisatie
imports-map-organization-whole = Het samenwerkingsverband als geheel
imports-map-period = Periode van het hele bestand
imports-map-period-hint = Alleen als geen kolom het zegt, zoals 2026-Q3.
imports-map-reading = Hoe teksten worden gelezen
imports-map-years = Een jaar zoals 2018 is
imports-years-calendar = Een kalenderjaar
imports-years-fiscal = Een boekjaar
imports-years-school = Een schooljaar
imports-map-pairs = 2010-12 is
imports-pairs-auto = Zoals de kolom laat zien
imports-pairs-month = December 2010
imports-pairs-years = 2010 tot en met 2012
imports-map-days = 03/04/2020 is
imports-days-auto = Zoals de kolom laat zien
imports-days-day = 3 april
imports-days-month = 4 maart
imports-map-decimal = 1,234 is
imports-decimal-auto = Zoals de kolom laat zien
imports-decimal-point = Ruim duizend
imports-decimal-comma = Iets meer dan een
imports-map-fiscal-start = 2018/19 begint in maand
imports-map-source = Bron
imports-map-source-hint = Wordt bij elke meting bewaard.
imports-map-keep = Deze kolommen bewaren als
imports-map-keep-hint = Het volgende bestand met dezelfde kolommen wordt dan net zo gelezen.
imports-map-button = Bestand controleren
imports-notes = Wat opviel
imports-checking = Controleren
imports-importing = Importeren
imports-undoing = Terugnemen
imports-rate = { $n ->
    [one] Eén rij per seconde
   *[other] { $n } rijen per seconde
 }
imports-waiting = Het werk wacht op zijn beurt, of is onderbroken en gaat vanzelf verder. Er gaat niets verloren.
imports-busy-hint = Je kunt deze pagina verlaten; het werk gaat door.
imports-new-figures = Nieuw
imports-same = Al gemeten
imports-corrections = Anders dan eerst
imports-duplicates = Dubbel gezegd
imports-errors = Niet te importeren
imports-blank = Zonder cijfer
imports-checked-title = Dit zou er gebeuren
imports-checked-none = Niets in dit bestand kan worden geïmporteerd. Bekijk de rijen hieronder, verbeter het bestand of de kolommen, en controleer opnieuw.
imports-start = { $n ->
    [one] Eén cijfer importeren
   *[other] { $n } cijfers importeren
 }
imports-apply = Ook verbeteren wat anders is dan eerst
imports-apply-hint = De eerdere waarden blijven als versies bewaard. Zonder dit blijven ze zoals ze zijn.
imports-remap = Kolommen veranderen
imports-rows-title = Rijen om te bekijken
imports-rows-hint = De eerste; in het bestand staan ze allemaal, met wat te doen in je eigen taal.
imports-rows-line = Rij
imports-rows-problem = Wat
imports-rows-advice = Wat te doen
imports-rows-cells = De rij
imports-row-error = Fout
imports-row-duplicate = Dubbel
imports-row-correction = Verbetering
imports-errors-file = Deze rijen downloaden
imports-done-title = Het staat erin
imports-done-text = { $new ->
    [one] Eén cijfer is toegevoegd
   *[other] { $new } cijfers zijn toegevoegd
 }, { $corrected ->
    [0] geen is verbeterd
    [one] één is verbeterd
   *[other] { $corrected } zijn verbeterd
 }.
imports-done-metrics = Naar de indicatoren
imports-undo = Deze import terugnemen
imports-undo-ask = Deze import terugnemen?
imports-undo-text = De cijfers tellen dan niet meer, en wat verbeterd was krijgt zijn eerdere waarde. Wat iemand sindsdien veranderde blijft. Alle versies blijven bewaard.
imports-undone-text = { $n ->
    [one] Eén cijfer is teruggenomen
   *[other] { $n } cijfers zijn teruggenomen
 }, { $kept ->
    [0] geen was sindsdien veranderd
   *[other] { $kept } blijven, omdat iemand ze sindsdien veranderde
 }.
imports-cancel = Stoppen
imports-discard = Weggooien
imports-resume = Verdergaan
imports-failed-text = Cijfers die daarvoor zijn toegevoegd: { $n }. Ga verder waar het stopte, of neem ze terug.
imports-cancelled-text = Cijfers die voor het stoppen zijn toegevoegd: { $n }. Ga verder waar het stopte, of neem ze terug.
imports-flash-mapped = Kolommen bewaard
imports-flash-started = De import is begonnen
imports-flash-cancelled = Gestopt
imports-flash-undo = De import wordt teruggenomen

## Wat aandacht vraagt

metrics-needs-figure = { $metric }: een cijfer is te laat
metrics-needs-figure-detail = { $days ->
    [one] Had er gisteren moeten zijn. { $owner } gaat erover.
   *[other] Had er { $days } dagen geleden moeten zijn. { $owner } gaat erover.
 }
metrics-needs-off = { $metric } ligt niet op koers
metrics-needs-off-detail = { $owner } gaat erover.
metrics-needs-report = Vul het in
metrics-needs-look = Bekijk het

## Perspectieven en doelen
metrics-perspectives = Perspectieven en doelen
metrics-perspectives-hint = Van welke kanten u naar het partnerschap kijkt, en wat u op elk ervan nastreeft. Een maatstaf wijst de weg naar een doel.
metrics-perspectives-empty = Er zijn nog geen perspectieven. De meeste partnerschappen beginnen met vier: de mensen voor wie ze er zijn, hun partners, hoe ze werken en wat ze leren.
metrics-perspectives-begin = Begin met de gebruikelijke vier
metrics-perspective-add = Voeg een perspectief toe
metrics-perspective-rename = Geef dit perspectief een andere naam
metrics-objective = Doel
metrics-objective-hint = Wat u nastreeft, zoals “Ieder kind wordt elke week voorgelezen”.
metrics-objective-of-hint = Waarheen de maatstaf de weg wijst. Het doel hoort bij het perspectief hierboven.
metrics-objective-add = Voeg een doel toe
metrics-objectives-first = Zeg eerst wat u nastreeft
metrics-no-objective = Geen doel
metrics-no-objectives = Nog geen doel.
metrics-count = { $n ->
    [0] Geen maatstaven
    [one] { $n } maatstaf
   *[other] { $n } maatstaven
 }
metrics-rename = Andere naam
metrics-rename-full = Geef { $name } een andere naam
metrics-remove = Laat vervallen
metrics-remove-full = Laat { $name } vervallen
problem-metrics-objective-in-use = Maatstaven wijzen de weg naar dit doel
problem-metrics-objective-in-use-detail = Er is niets verwijderd. Geef die maatstaven eerst een ander doel.

## Eén meting
metrics-question = Er staat een vraag open
metrics-is-withdrawn = Ingetrokken.
metrics-restore = Maak de intrekking ongedaan
metrics-broken-down = Uitgesplitst naar
metrics-no-evidence = Niet gegeven
metrics-with-evidence = met bewijs
metrics-say = Vraag, antwoord of trek in
metrics-say-hint = Een vraag gaat per mail naar wie het cijfer meldde. Een ingetrokken cijfer telt niet meer; verhalen die het gebruikten, laten de wijziging zien.
metrics-reason = Uw vraag, antwoord of reden
metrics-query = Stel deze vraag
metrics-answer = Het klopt: antwoord
metrics-withdraw = Trek in
metrics-history = Wat er gebeurde
metrics-past-reported = { $who } meldde { $value }
metrics-past-again = { $who } meldde het opnieuw: { $value }
metrics-past-corrected = { $who } corrigeerde { $from } naar { $to }
metrics-past-verified = { $who } controleerde het en vond het juist
metrics-past-queried = { $who } stelde er een vraag over
metrics-past-withdrawn = { $who } trok het in
metrics-past-restored = { $who } maakte de intrekking ongedaan
metrics-past-answered = { $who } antwoordde dat het klopt
metrics-past-detail = { $who } wijzigde de notitie of het bewijs
metrics-flash-queried = Gevraagd. Wie het meldde, krijgt uw vraag per mail.
metrics-flash-answered = Beantwoord. De medewerkers kijken er opnieuw naar.
metrics-flash-withdrawn = Ingetrokken. U kunt dat hier ongedaan maken zolang het niet opnieuw is gemeld.
metrics-flash-restored = De intrekking is ongedaan gemaakt; het cijfer telt weer mee.
metrics-f-evidence-file = Bewijs: bestand
metrics-f-evidence-file-hint = PDF, afbeelding, Word, Excel of CSV, hoogstens 25 MB.
field-metrics-evidence-file = Dit bestand is leeg of van een soort die niet wordt aangenomen. De rest van wat u invulde, staat er nog.
problem-metrics-no-question = Niemand vraagt iets over deze meting
problem-metrics-no-question-detail = Er is niets gewijzigd. De vraag is misschien intussen beantwoord.
problem-metrics-not-withdrawn = Deze meting is niet ingetrokken
problem-metrics-not-withdrawn-detail = Er is niets gewijzigd. Ze is misschien intussen opnieuw gemeld.
mail-question-subject = Een vraag over { $metric }
mail-question-preheader = { $asker } vraagt: { $question }
mail-question-why = U krijgt deze mail omdat u dit cijfer aan { $partnership } meldde.
mail-question-heading = { $metric }, { $period }
mail-question-text = { $asker } heeft een vraag over het cijfer dat u meldde:
mail-question-button = Antwoord of corrigeer
mail-question-counts = Het cijfer telt mee zoals het is, tot u het wijzigt.
metrics-needs-reply = Een vraag over { $metric }
metrics-needs-reply-action = Antwoord
metrics-needs-reply-detail = “{ $question }”

## Wat een maatstaf betekende
metrics-definition-history = Wat er aan deze definitie veranderde
metrics-definition-history-hint = Cijfers houden hun waarde; dit is hoe hun betekenis en streefwaarden zijn gewijzigd.
metrics-defined-by = { $who } legde de maatstaf vast
metrics-changed-by = { $who } wijzigde de maatstaf
metrics-retired-by = { $who } liet de maatstaf vervallen
metrics-revived-by = { $who } nam de maatstaf weer in gebruik
metrics-nothing-there = niets
metrics-f-targets = Streefpunten
metrics-f-target-add = Voeg een streefpunt toe
metrics-f-targets-hint = De weg is een rechte lijn van de nulmeting door deze punten, gestippeld in de grafiek. Laat een rij leeg om haar weg te laten.
metrics-f-why = Waarom u dit wijzigt
metrics-f-why-hint = Staat in de geschiedenis van de definitie.
field-metrics-target-row = Rij { $n }: geef een periode, zoals 2026 of 3e kwartaal 2026, en een waarde.

## Meer scorekaarten, en de vergadering
metrics-cards = Alle scorekaarten
metrics-cards-hint = Elk houdt haar eigen kleine aantal maatstaven. Een maatstaf kan op meer scorekaarten staan.
metrics-card-used = { $used } van { $budget } maatstaven
metrics-card-make = Maak een scorekaart
metrics-card-itself = Deze scorekaart
metrics-card-retire = Laat deze scorekaart vervallen
metrics-card-retire-hint = De maatstaven en hun metingen blijven.
metrics-flash-card-made = De scorekaart is gemaakt. Kies haar maatstaven.
metrics-flash-card-retired = De scorekaart is vervallen. Haar maatstaven blijven.
metrics-full-title = Deze scorekaart is vol.
problem-metrics-last-scorecard = Dit is uw enige scorekaart
problem-metrics-last-scorecard-detail = Er is niets gewijzigd. Maak eerst een andere, of geef deze een andere naam.
metrics-meeting = Vergaderweergave
metrics-meeting-move = Ga door de scorekaart
metrics-meeting-leave = Verlaat de vergaderweergave
metrics-before = Terug
metrics-after = Verder
metrics-whole-card = Hele scorekaart
metrics-place = { $at } van { $of }

## Op de startpagina: wat er gevraagd is, en wat er gebeurde
metrics-needs-mine = { $metric }: uw cijfer voor { $period }
metrics-needs-mine-detail = Uit: { $source }
metrics-asked-questions = { $n ->
    [one] één vraag over een cijfer
   *[other] { $n } vragen over cijfers
 }
metrics-asked-figures = { $n ->
    [one] één cijfer om in te vullen
   *[other] { $n } cijfers om in te vullen
 }
metrics-told-reported = { $metric } in { $period }: { $value }
metrics-told-corrected = { $by } corrigeerde { $metric } in { $period }: { $value }
metrics-told-verified = { $by } controleerde { $metric } in { $period }
metrics-told-queried = { $by } vroeg naar { $metric } in { $period }
metrics-told-answered = { $by } antwoordde over { $metric } in { $period }
metrics-told-defined = { $by } legde de maatstaf “{ $metric }” vast

metrics-notice-queried = { $by } heeft een vraag over { $metric }, { $period }
metrics-notice-verified = { $by } controleerde { $metric }, { $period }
metrics-notice-answered = { $by } beantwoordde je vraag over { $metric }, { $period }
metrics-notice-due = Het volgende cijfer van { $metric } wordt verwacht op { $due }
metrics-date-due = Cijfer verwacht: { $metric }
## First steps of a new partnership
first-metric = Bepaal wat u in beweging wilt brengen
first-metric-why = Een indicator met een doel, en iemand die ervoor instaat.
first-measurement = Breng metingen in
first-measurement-why = Uit een rekenblad zoals het is, of met de hand.

## What happened, further
event-measurement-recorded-in-bulk = legde meerdere metingen vast
