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
