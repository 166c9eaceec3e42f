# Woorden van het paginaraam en van de onderdelen. Tekst van de pagina's van een domein staat in de crate van dat domein.

## Datums en tijden
format-date-long = { $day } { $month } { $year }
format-date-short = { $day } { $month }
format-date-short-year = { $day } { $month } { $year }
format-date-weekday = { $weekday } { $day } { $month }
format-date-weekday-year = { $weekday } { $day } { $month } { $year }
format-date-month = { $month } { $year }
format-date-time = { $date } om { $time }
format-period-week = week { $n } van { $year }
format-period-quarter = { $n }e kwartaal { $year }
format-period-half-1 = eerste helft van { $year }
format-period-half-2 = tweede helft van { $year }
format-month-1 = januari
format-month-2 = februari
format-month-3 = maart
format-month-4 = april
format-month-5 = mei
format-month-6 = juni
format-month-7 = juli
format-month-8 = augustus
format-month-9 = september
format-month-10 = oktober
format-month-11 = november
format-month-12 = december
format-month-short-1 = jan
format-month-short-2 = feb
format-month-short-3 = mrt
format-month-short-4 = apr
format-month-short-5 = mei
format-month-short-6 = jun
format-month-short-7 = jul
format-month-short-8 = aug
format-month-short-9 = sep
format-month-short-10 = okt
format-month-short-11 = nov
format-month-short-12 = dec
format-weekday-1 = maandag
format-weekday-2 = dinsdag
format-weekday-3 = woensdag
format-weekday-4 = donderdag
format-weekday-5 = vrijdag
format-weekday-6 = zaterdag
format-weekday-7 = zondag
format-now = zojuist
format-today = vandaag
format-tomorrow = morgen
format-yesterday = gisteren
format-ago-minutes = { $n ->
    [one] { $n } minuut geleden
   *[other] { $n } minuten geleden
 }
format-in-minutes = { $n ->
    [one] over { $n } minuut
   *[other] over { $n } minuten
 }
format-ago-hours = { $n ->
    [one] { $n } uur geleden
   *[other] { $n } uur geleden
 }
format-in-hours = { $n ->
    [one] over { $n } uur
   *[other] over { $n } uur
 }
format-ago-days = { $n ->
    [one] { $n } dag geleden
   *[other] { $n } dagen geleden
 }
format-in-days = { $n ->
    [one] over { $n } dag
   *[other] over { $n } dagen
 }
format-ago-months = { $n ->
    [one] { $n } maand geleden
   *[other] { $n } maanden geleden
 }
format-in-months = { $n ->
    [one] over { $n } maand
   *[other] over { $n } maanden
 }
format-ago-years = { $n ->
    [one] { $n } jaar geleden
   *[other] { $n } jaar geleden
 }
format-in-years = { $n ->
    [one] over { $n } jaar
   *[other] over { $n } jaar
 }
format-due = moet { $when } binnen zijn
format-seconds = { $n } s
format-minutes = { $n } min
format-hours = { $n } u
format-days = { $n ->
    [one] { $n } dag
   *[other] { $n } dagen
 }

## Paginaraam
frame-skip = Naar de inhoud
frame-navigation = Hoofdmenu
frame-more = Meer
frame-made-with = Gemaakt met Backbone
theme-label = Weergave
theme-system = Zoals je apparaat
theme-light = Licht
theme-dark = Donker
frame-search = Zoeken
frame-account = Je account
frame-sign-out = Uitloggen
frame-request = Verzoek { $id }
frame-close = Sluiten
frame-needs-you = { $n ->
    [one] { $n } wacht op je
   *[other] { $n } wachten op je
 }

## Onderdelen
field-optional = optioneel
field-error = Fout:
form-errors-title = { $n ->
    [one] Eén ding klopt nog niet
   *[other] { $n } dingen kloppen nog niet
 }
form-errors-kept = Wat je hebt ingevuld staat er nog.
form-unsaved = Je hebt wijzigingen die nog niet zijn opgeslagen.
form-add-row = Rij toevoegen
form-remove-row = Deze rij verwijderen
upload-choose = Kies een bestand
upload-drop = of sleep het hierheen
upload-chosen = Gekozen:
status-good = Goed
status-watch = Let op
status-bad = Niet op koers
status-neutral = Geen oordeel
status-stale = Verouderd
pagination-label = Pagina's
pagination-newer = Nieuwer
pagination-older = Ouder
pagination-range = { $from }–{ $to } van { $total }
breadcrumbs-label = Waar je bent
trace-title = Waar komt dit vandaan?
example-link = Bekijk een voorbeeld
copy-done = Gekopieerd
copy-link = Link kopiëren
progress-eta = nog ongeveer { $left }
progress-of = { $done } van { $total }
progress-failed = { $n } mislukt
table-as-table = Toon als tabel

## Foutpagina
error-what-happened = Wat er gebeurde
error-what-kept = Wat bewaard is
error-what-next = Wat je kunt doen
error-request = Noem dit nummer als je om hulp vraagt: { $id }
error-home = Naar de startpagina

## Mail
mail-unsubscribe = Afmelden
mail-preferences = Kies wat je ontvangt
mail-view-online = Lees het in de browser

## Problemen: wat er gebeurde, wat bewaard is, wat u nu kunt doen

problem-not-found = Niet gevonden
problem-not-found-detail = Op dit adres is niets, of het is niet voor u bestemd. Controleer de link of ga terug naar de startpagina.
problem-forbidden = Niet toegestaan
problem-forbidden-detail = Uw rol in dit partnerschap omvat dit niet. Er is niets gewijzigd. Vraag het de backbonestaf als u het nodig hebt.
problem-unauthenticated = Log eerst in
problem-unauthenticated-detail = U bent niet ingelogd, of uw sessie is afgelopen. Log in en probeer het opnieuw.
problem-cross-site = Geweigerd
problem-cross-site-detail = Dit verzoek kwam niet van een van onze eigen pagina’s. Er is niets gewijzigd. Open de pagina opnieuw en probeer het nog eens.
problem-internal = Er ging iets mis aan onze kant
problem-internal-detail = Er is niets gewijzigd. Probeer het opnieuw; blijft het misgaan, geef dan het nummer hieronder aan uw beheerder.
problem-unavailable = Een ogenblik
problem-unavailable-detail = De database is nu niet bereikbaar of kan niet schrijven. Er is niets gewijzigd. Probeer het over enkele seconden opnieuw.
problem-disk-full = De schijf van de server is vol
problem-disk-full-detail = Er is niets opgeslagen, en wat er al was is niet beschadigd. Bewaar wat je typte en probeer het opnieuw zodra de beheerder van de server ruimte heeft gemaakt; wat er staat is intussen te lezen.
problem-outcome-unknown = We weten niet of dit is opgeslagen
problem-outcome-unknown-detail = De database viel weg precies tijdens het opslaan. Kijk of het er staat voordat je het opnieuw verstuurt. Een programma verstuurt het opnieuw met dezelfde Idempotency-Key: dan telt het één keer.
problem-invalid = Controleer wat u hebt ingevuld
problem-invalid-detail = Er is nog niets opgeslagen. Bij de velden die aandacht vragen staat wat er verwacht wordt.
problem-too-large = Te groot
problem-too-large-detail = Wat u stuurde is groter dan deze server aanneemt. Er is niets opgeslagen. Stuur minder tegelijk of een kleiner bestand.
problem-file-too-large = Het bestand is te groot
problem-file-too-large-detail = Het mag hoogstens { $limit } MB hebben. Er is niets van bewaard. Verdeel het over meer bestanden, of vraag je beheerder om een hogere grens.
problem-unreadable-body = Kon niet worden gelezen
problem-unreadable-body-detail = Wat er werd gestuurd brak af of is geen formulier. Er is niets opgeslagen. Probeer het opnieuw.
problem-invalid-json = Geen geldige JSON voor dit verzoek
problem-invalid-json-detail = { $why }
problem-invalid-query = Een parameter in het adres klopt niet
problem-invalid-query-detail = { $why }
problem-invalid-limit = De limiet moet tussen 1 en 200 liggen
problem-invalid-cursor = Deze cursor is niet door deze server gemaakt
problem-invalid-cursor-detail = Geef next_cursor ongewijzigd terug, of laat hem weg om bij het begin te beginnen.
problem-invalid-if-match = If-Match moet één versie bevatten, zoals "3"
problem-if-match-required = Zeg welke versie u wijzigt
problem-if-match-required-detail = Stuur de ETag van het gelezen object mee als If-Match, zodat niemands wijziging ongezien wordt overschreven.
problem-changed-meanwhile = Iemand heeft dit intussen gewijzigd
problem-changed-meanwhile-detail = Uw wijziging is niet opgeslagen. Lees het opnieuw, vergelijk, en stuur uw wijziging met de nieuwe versie.
problem-invalid-idempotency-key = De Idempotency-Key moet 1 tot 200 tekens hebben
problem-idempotency-mismatch = Deze Idempotency-Key is voor een ander verzoek gebruikt
problem-idempotency-mismatch-detail = Er is niets gewijzigd. Gebruik een nieuwe sleutel voor een nieuw verzoek.
problem-link-ended = Deze link is verlopen
problem-link-ended-detail = Hij is verlopen of ingetrokken. Vraag degene die hem stuurde om een nieuwe.
problem-file-kind = Dit soort bestand wordt niet aangenomen
problem-file-kind-detail = “{ $name }” is leeg of geen pdf, afbeelding (PNG, JPEG, GIF, WebP), Word- of Excel-document, CSV- of tekstbestand. Er is niets opgeslagen.
problem-too-many-requests = Te veel pogingen
problem-too-many-requests-detail = Wacht een paar minuten en probeer het opnieuw.

field-required = Dit is nodig.
field-too-long = Hoogstens { $max } tekens.
field-control-characters = Bevat tekens die niet getoond kunnen worden. Typ het over in plaats van het te plakken.
field-not-a-number = Geen getal. Schrijf het als 1234,5 of 1.234,50.
field-out-of-range = Moet tussen { $min } en { $max } liggen.
field-too-many-decimals = Hoogstens { $max } cijfers achter de komma.
field-not-understood = Niet begrepen. Kies een van de mogelijkheden, of schrijf het zoals in het voorbeeld.

frame-bell = Meldingen
frame-bell-count = { $n ->
    [one] Meldingen: { $n } ongelezen
   *[other] Meldingen: { $n } ongelezen
 }
