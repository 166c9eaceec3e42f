# Woorden van het paginaraam en van de onderdelen. Tekst van de pagina's van een domein staat in de crate van dat domein.

## Datums en tijden
format-date-long = { $day } { $month } { $year }
format-date-short = { $day } { $month }
format-date-short-year = { $day } { $month } { $year }
format-date-weekday = { $weekday } { $day } { $month }
format-date-weekday-year = { $weekday } { $day } { $month } { $year }
format-date-month = { $month } { $year }
format-date-time = { $date } om { $time }
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
field-required = verplicht
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
