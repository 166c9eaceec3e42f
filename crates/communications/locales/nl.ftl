communications-nav = Verzending

## The mail itself
communications-mail-greeting = Beste { $name },
communications-mail-greeting-nameless = Hallo,
communications-mail-where-from = Waar komt dit vandaan?
communications-mail-other-language = Het verhaal zelf is geschreven in deze taal: { $language }.
communications-mail-read = Lees het hele verhaal
communications-mail-read-corrected = Lees het verhaal zoals het nu is
communications-mail-how-calculated = Zo hebben we dit berekend
communications-mail-ratio = { $base }
communications-mail-ratio-range = (tussen { $low } en { $high }, afhankelijk van de aannames)
communications-mail-correction-title = Een correctie
communications-mail-correction-intro = In “{ $headline }” stuurden we u een cijfer dat sindsdien is veranderd. Dit is er veranderd, en waarom.
communications-mail-correction-preheader = Een cijfer dat we u stuurden, is sindsdien veranderd
communications-mail-was = We schreven: { $value }
communications-mail-is = Het is nu: { $value }
communications-mail-why = U ontvangt dit omdat { $partnership } u tot de lezers van haar verhalen rekent. Liever niet? Eén klik is genoeg.
communications-mail-why-correction = U ontvangt dit omdat { $partnership } u het verhaal stuurde met het cijfer dat is veranderd.
communications-ratio-title = Maatschappelijk rendement op de inzet
communications-ratio-low = Laag
communications-ratio-base = Beste schatting
communications-ratio-high = Hoog
communications-ratio-none = Er kon geen verhouding worden berekend
communications-ratio-alt = Maatschappelijk rendement: beste schatting { $base }, tussen { $low } en { $high }


## Pages
communications-campaigns = Campagnes
communications-campaigns-hint = Wat er per mail is verstuurd, aan wie, en wat ervan is geworden.
communications-campaigns-empty = Hier ziet u elk verhaal dat u per mail verstuurt, en wie het kreeg. Publiceer eerst een verhaal en verstuur het dan.
communications-new = Verhaal versturen
communications-new-hint = Kies een gepubliceerd verhaal. Er gaat niets weg voordat u het hebt gezien en bevestigd.
communications-no-stories = Er is nog geen verhaal gepubliceerd. Publiceer er een, dan kunt u het hier versturen.
communications-story = Verhaal
communications-choose = Kies
communications-draft-it = Mail voorbereiden
communications-drafted = Het concept staat klaar. Kies wie het ontvangt.
communications-draft-title = Mail voorbereiden
communications-look-and-send = { $n ->
    [0] Bekijken
    [one] Bekijken en versturen aan één lezer
   *[other] Bekijken en versturen aan { $n } lezers
 }
communications-changes = Wat er is veranderd
communications-words = Tekst
communications-subject = Onderwerp
communications-reason = Waarom het is veranderd
communications-reason-hint = Een of twee gewone zinnen. Lezers zien ze onder de cijfers.
communications-note = Een persoonlijk woord
communications-note-hint = Twee of drie zinnen boven het verhaal. Een lege regel begint een nieuwe alinea.
communications-note-author = Wie dit schrijft
communications-sender = Naam van de afzender
communications-sender-hint = Wat lezers in hun postvak zien.
communications-reply-to = Antwoorden gaan naar
communications-rate = Hoogstens zoveel berichten per minuut
communications-rate-hint = 0 is zonder grens.
communications-save = Opslaan
communications-saved = Opgeslagen.
communications-recipients = Ontvangers
communications-recipients-count = { $n ->
    [one] één lezer
   *[other] { $n } lezers
 }
communications-recipients-empty = Er is nog niemand gekozen. Voeg leden toe op rol, één persoon, of een adres.
communications-recipients-added = Toegevoegd. Wie al gekozen was, staat er één keer.
communications-recipients-removed = Alle ontvangers zijn verwijderd.
communications-recipient-removed = De ontvanger is verwijderd.
communications-more = { $n ->
    [one] en nog één
   *[other] en nog { $n }
 }
communications-clear = Allemaal verwijderen
communications-name = Naam
communications-language = Taal
communications-email = Adres
communications-organization = Organisatie
communications-remove = Verwijderen
communications-remove-one = Verwijder { $name }
communications-checks = Voordat het weggaat
communications-add-members = Leden toevoegen
communications-add-person = Eén persoon toevoegen
communications-add-address = Een adres toevoegen
communications-person = Persoon
communications-roles = Leden die dit zijn
communications-all-contacts = { $n ->
    [one] Het ene contact
   *[other] Alle { $n } contacten
 }
communications-add = Toevoegen
communications-end = Niet meer nodig?
communications-discard = Dit concept weggooien
communications-role-staff = Medewerkers
communications-role-admin = Beheerders
communications-role-contributor = Partners die bijdragen
communications-role-leader = Bestuurders
communications-role-funder = Financiers
communications-role-community = Mensen om wie het gaat
communications-role-read-only = Meelezers
communications-basis = Waarom u hen mag schrijven
communications-basis-note = Wanneer en hoe, of welke afspraak
communications-basis-consent = Ze hebben toestemming gegeven
communications-basis-contract = Een overeenkomst vraagt erom
communications-basis-legitimate-interest = Gerechtvaardigd belang
communications-confirm-title = { $n ->
    [one] Versturen aan één lezer?
   *[other] Versturen aan { $n } lezers?
 }
communications-confirm-hint = “{ $subject }”, van { $sender }
communications-back-to-draft = Terug naar het concept
communications-blocked = Het kan nog niet weg.
communications-blocked-next = Er is niets verstuurd. Los op wat hierboven staat en kom dan terug.
communications-send-to = { $n ->
    [one] Versturen aan één lezer
   *[other] Versturen aan { $n } lezers
 }
communications-test = Stuur mij een test
communications-test-sent = De test is onderweg naar uw eigen adres.
communications-preview-en = Voorbeeld in het Engels
communications-preview-phone = Voorbeeld in het Nederlands, op een telefoon
communications-preview-text = Lees de platte tekst
communications-state = Stand
communications-state-draft = Concept
communications-state-queued = Gaat zo weg
communications-state-sending = Wordt verstuurd
communications-state-paused = Stilgezet
communications-state-done = Verstuurd
communications-state-cancelled = Beëindigd
communications-waits = Wacht op de mailserver
communications-kind-story = Verhaal
communications-kind-correction = Correctie
communications-accepted = Aangenomen
communications-failed = Mislukt
communications-when = Wanneer
communications-refresh = Vernieuwen
communications-retry = Opnieuw
communications-retry-all = Alles nu opnieuw
communications-retried = Wordt meteen opnieuw geprobeerd.
communications-pause = Stilzetten
communications-paused = Stilgezet. Wat onderweg is, komt nog aan.
communications-resume = Doorgaan
communications-resumed = Gaat door.
communications-cancel = Stoppen met versturen…
communications-cancelled = Beëindigd. Wat nog niet weg was, gaat niet meer weg.
communications-queued = Onderweg.
communications-sent-by = door { $name }
communications-waiting-title = De mailserver is nu niet te gebruiken.
communications-waiting-text = Er is niets verloren: alles wat nog niet weg is, blijft bewaard en wordt opnieuw geprobeerd.
communications-next-try = Volgende poging
communications-progress = Ontvangers afgehandeld
communications-per-minute = Aangenomen in de laatste minuut
communications-filter = Welke ontvangers
communications-all = Alle
communications-server-said = De mailserver zei
communications-delivery-pending = Wacht
communications-delivery-claimed = Onderweg
communications-delivery-accepted = Aangenomen
communications-delivery-retry = Wordt opnieuw geprobeerd
communications-delivery-failed = Mislukt
communications-delivery-suppressed = Niet aangeschreven
communications-delivery-cancelled = Beëindigd voor vertrek

## Contacts
communications-contacts = Contacten
communications-contacts-hint = Mensen buiten het partnerschap die u mag schrijven, en waarom.
communications-contacts-empty = Voeg toe wie uw verhalen krijgt zonder account, met de reden waarom u hen mag schrijven.
communications-contacts-added = De contacten zijn opgeslagen.
communications-contact-removed = Het contact is verwijderd. Wat hun is gestuurd, blijft vastgelegd.
communications-add-contact = Contacten toevoegen
communications-csv = Downloaden als CSV
communications-lines = Of plak er meer
communications-lines-hint = Eén per regel: adres; naam; taal; organisatie. Als dit is ingevuld, tellen de velden hierboven niet.

## Suppressions
communications-suppressions = Niet aanschrijven
communications-suppressions-hint = Adressen die geen mail van u krijgen: mensen die zich hebben afgemeld, en postvakken die niet bestaan.
communications-suppressions-empty = Niemand heeft zich afgemeld, en er is geen dood adres bekend.
communications-suppress = Een adres toevoegen
communications-suppress-it = Niet meer aanschrijven
communications-suppression-added = Krijgt vanaf nu geen mail.
communications-suppression-removed = Mag weer worden aangeschreven.
communications-release = Weer aanschrijven
communications-why = Waarom
communications-since = Sinds
communications-reason-unsubscribed = Afgemeld
communications-reason-bounced = Het adres bestaat niet
communications-reason-complained = Gemeld als ongewenst
communications-reason-manual = Toegevoegd door medewerkers

## Leaving
communications-leave-title = Afmelden
communications-leave-ask = { $partnership } schrijft naar { $address }. Moet dat stoppen?
communications-leave-button = Ja, schrijf mij niet meer
communications-left = { $partnership } schrijft niet meer naar { $address }.
communications-come-back = Dat was een vergissing: schrijf mij weer

## Attention
communications-needs-correction = Een correctie van “{ $subject }” wacht op verzending
communications-needs-correction-detail = Een cijfer veranderde nadat het was verstuurd. Het bericht staat klaar; schrijf waarom, en verstuur het.
communications-needs-look = Bekijken
communications-needs-server = “{ $subject }” wacht op de mailserver
communications-correction-subject = Correctie: { $headline }

## Problems
problem-campaign-step = Dit kan niet meer
problem-campaign-step-detail = De campagne heeft de stand “{ $state }”. Er is niets veranderd. Laad de pagina opnieuw om te zien hoe het ervoor staat.
problem-campaign-not-published = Dit verhaal is niet gepubliceerd
problem-campaign-not-published-detail = Er is niets gemaakt. Publiceer eerst het verhaal.
problem-campaign-blocked = Het kan nog niet weg
problem-campaign-blocked-detail = Er is niets verstuurd. De lijst zegt wat er moet gebeuren.
problem-campaign-message = Er kan geen mail van worden gemaakt
problem-campaign-message-detail = Er is niets verstuurd. { $why }
problem-campaign-no-address = Er is geen adres om de test naartoe te sturen
problem-campaign-no-address-detail = Tests gaan naar het adres van wie erom vraagt. Meld u aan als lid van dit partnerschap.
problem-campaign-test-refused = De mailserver nam de test niet aan
problem-campaign-test-refused-detail = Hij zei: { $why }. Het concept is bewaard. Vraag de beheerder als dit zo blijft.
field-contact-address = Dit is geen mailadres. Schrijf het als naam@voorbeeld.nl.
field-contact-known = Een ander contact heeft dit adres.
field-contact-line = Regel { $line } is niet te lezen. Schrijf die als: adres; naam; taal; organisatie.
field-contact-too-many = Hoogstens { $max } regels tegelijk.
field-campaign-nobody = Er is nog niemand gekozen.
field-campaign-no-note = Er is geen persoonlijk woord bij. Verhalen met zo'n woord worden vaker gelezen.
field-campaign-no-reason = Schrijf waarom het cijfer is veranderd.
field-campaign-withdrawn = Het verhaal is niet meer gepubliceerd.
field-campaign-older-edition = Er is een nieuwere uitgave van het verhaal. Gooi dit concept weg en maak een nieuw.
field-campaign-no-link = De openbare link van het verhaal is ingetrokken.
field-campaign-figure-changed = “{ $subject }” is veranderd sinds het verhaal is gepubliceerd. Publiceer eerst een nieuwe uitgave.

# Wat een lezer ontving
received-nav = Ontvangen
received-title = Wat u ontving
received-hint = Verhalen van { $partnership }, wat er sindsdien in veranderde, en wat u vroeg.
received-empty = Verhalen die naar u gestuurd zijn, staan hier: met wat er sindsdien veranderde en de weg naar de bronnen.
received-on = Ontvangen op
received-corrected = Over de wijziging kreeg u bericht op
received-withdrawn = Dit verhaal is teruggenomen.
received-superseded = Er is een nieuwere editie van dit verhaal.
received-changed = { $n ->
    [one] Eén cijfer is nu anders.
   *[other] { $n } cijfers zijn nu anders.
 }
received-now = nu { $now }
received-questions = Uw vragen
received-no-questions = U hebt nog niets gevraagd. Tik op een cijfer om te zien waar het vandaan komt; daar kunt u iets vragen.
received-personal = Deze pagina is voor { $name }: geef het adres niet door.
received-until = Zij opent tot
received-end = Mijn links beëindigen
received-links = Links beëindigen
received-links-ended = De persoonlijke links in mail aan deze ontvanger werken niet meer.
received-mail-link = Alles wat we u stuurden, wat er sindsdien veranderde, en uw vragen
event-reader-link-ended = beëindigde de links van een lezer
problem-reader-link-ended = Deze link is beëindigd
problem-reader-link-ended-detail = Persoonlijke links werken een half jaar en kunnen eerder worden beëindigd. In de nieuwste mail van het partnerschap staat er een die werkt.
communications-cancel-title = Stoppen met versturen?
communications-cancel-text = { $sent } van { $total } hebben hem; { $left ->
    [one] de laatste wordt niet verstuurd
   *[other] de andere { $left } worden niet verstuurd
 }. Dit kan niet ongedaan worden gemaakt.
communications-cancel-keep = Doorgaan met versturen
communications-cancel-yes = { $left ->
    [one] De laatste niet versturen
   *[other] De andere { $left } niet versturen
 }
communications-worst = Zoals het slechtste mailprogramma hem toont
communications-worst-title = Het slechtste dat een lezer kan zien
communications-worst-hint = Beelden geblokkeerd, geen opmaak, een donker scherm, een smalle telefoon. Wat telt moet er dan nog staan.
communications-worst-images = Beelden uit
communications-worst-dark = Donker en smal
communications-worst-plain = Platte tekst
communications-worst-phone = Smalle telefoon
communications-size = { $kb } KB van 102
communications-size-label = Grootte
field-campaign-too-long = De mail is { $subject } KB. Sommige programma’s kappen mail boven 102 KB af en verbergen het eind, met de weg om zich af te melden: haal tekst, een beeld of cijfers weg.
field-campaign-picture-mute = Een beeld in deze mail heeft geen woorden voor wie het niet ziet ({ $subject }).
received-edition = uitgave { $n }
received-bundle = Controleer het zelf (bundel)
received-about = Over
received-waits = Wacht op antwoord
received-aside = Wordt niet beantwoord
## Op de startpagina: wat aandacht vraagt, en wat er gebeurde
communications-needs-server-detail = De mailserver zegt: { $reason }
communications-needs-failed = { $n ->
    [one] Eén brief van “{ $subject }” kwam niet aan
   *[other] { $n } brieven van “{ $subject }” kwamen niet aan
 }
communications-needs-failed-detail = De mailserver weigerde ze. Bekijk de adressen, of probeer het opnieuw.
communications-needs-retry = Probeer opnieuw
communications-needs-heard-partners = Partners hoorden { $days ->
    [one] een dag geleden
   *[other] { $days } dagen geleden
 } voor het laatst over het doel
communications-needs-heard-leaders = Leiders hoorden { $days ->
    [one] een dag geleden
   *[other] { $days } dagen geleden
 } voor het laatst over het doel
communications-needs-heard-funders = Financiers hoorden { $days ->
    [one] een dag geleden
   *[other] { $days } dagen geleden
 } voor het laatst over het doel
communications-needs-never-partners = Partners hebben nog niet over het doel gehoord
communications-needs-never-leaders = Leiders hebben nog niet over het doel gehoord
communications-needs-never-funders = Financiers hebben nog niet over het doel gehoord
communications-needs-heard-detail = { $n ->
    [one] Eén lezer. Vijf weken zonder bericht is te lang.
   *[other] { $n } lezers. Vijf weken zonder bericht is te lang.
 }
communications-needs-write = Schrijf een mailing
communications-told-drafted = { $by } begon aan “{ $subject }”
communications-told-queued = { $by } verstuurde “{ $subject }”
communications-told-sent = “{ $subject }” bereikte { $n ->
    [one] één lezer
   *[other] { $n } lezers
 }

## First steps of a new partnership
first-sending = Stuur het aan uw financiers
first-sending-why = Een mail met een persoonlijke aanhef en een grafiek, en u ziet wat er aankwam.
