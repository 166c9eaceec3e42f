organizations-nav = Partners

settings-nav = Instellingen

role-staff = Backbonestaf
role-staff-hint = Coördineert: ziet alles wat aandacht vraagt, controleert, schrijft verhalen.
role-admin = Beheerder
role-admin-hint = Beheert mensen en instellingen.
role-contributor = Bijdrager
role-contributor-hint = Registreert bijdragen en metingen voor een organisatie.
role-leader = Leider
role-leader-hint = Verbindt zich aan doelen en tekent af.
role-funder = Financier
role-funder-hint = Ontvangt verhalen en kan de onderbouwing openen.
role-community = Gemeenschap
role-community-hint = Spreekt namens de mensen om wie het gaat.
role-read-only = Lezer
role-read-only-hint = Ziet wat leden zien, verandert niets.

sector-public = Publiek
sector-private = Privaat
sector-civil = Maatschappelijk

organization-role-backbone = Backbone
organization-role-backbone-hint = Coördineert het partnerschap.
organization-role-partner = Partner
organization-role-partner-hint = Doet mee: geeft tijd, talent of middelen.
organization-role-funder = Financier
organization-role-funder-hint = Geeft middelen en ontvangt verhalen.
organization-role-community = Gemeenschap
organization-role-community-hint = Spreekt namens de mensen om wie het gaat.

sign-in-title = Inloggen
sign-in-email = E-mailadres
sign-in-password = Wachtwoord
sign-in-button = Inloggen
sign-in-link-button = Mail mij een inloglink
sign-in-link-hint = Geen wachtwoord? Vul je adres in en kies de link: daarmee log je met één tik in.
sign-in-confirm-title = Welkom terug, { $name }
sign-in-confirm-text = Nog één tik en je bent binnen.
sign-out-done = Je bent uitgelogd.

link-sent-title = Kijk in je mail
link-sent-text = Als { $email } bij een account hoort, is er een link onderweg. Die werkt één keer, 20 minuten lang.
link-sent-hint = Na een paar minuten nog niets? Kijk in de map met ongewenste mail of controleer het adres.
link-sent-back = Terug naar inloggen

password-forgot-title = Wachtwoord vergeten?
password-forgot-text = We mailen je een link om een nieuw wachtwoord te kiezen.
password-forgot-button = Mail mij een link
password-reset-title = Kies een nieuw wachtwoord
password-reset-text = { $name }, hierna ben je overal elders uitgelogd.
password-reset-button = Opslaan en inloggen
password-new = Nieuw wachtwoord
password-old = Huidig wachtwoord
password-hint = Minstens 10 tekens. Een paar losse woorden werken goed.

account-title = Je account
account-partnerships = Je partnerschappen
account-profile = Jij
account-name = Je naam
account-language = Taal
account-save = Opslaan
account-saved = Opgeslagen.
account-password = Wachtwoord
account-password-hint = Wijzigen logt je overal elders uit, ook programma's.
account-password-change = Wachtwoord wijzigen
account-password-set = Wachtwoord instellen
account-password-saved = Je wachtwoord is opgeslagen. Je bent overal elders uitgelogd.
account-sessions = Waar je bent ingelogd
account-everywhere = Overal uitloggen
account-device-unknown = Onbekend apparaat
account-session-current = Dit apparaat
account-session-seen = Laatst gebruikt { $when }
account-session-end = Beëindigen
account-session-end-full = De sessie op { $device } beëindigen
account-session-ended = De sessie is beëindigd.
account-data = Je gegevens
account-data-hint = Alles wat deze server over je bewaart, als bestand.
account-data-download = Downloaden
account-erase = Je account wissen
account-erase-hint = Je naam en adres worden voorgoed verwijderd. Wat je registreerde blijft bij je organisatie.
account-erase-email = Typ je adres ter bevestiging
account-erase-button = Mijn account wissen
account-erased = Je account is gewist.

choose-title = Kies een partnerschap
choose-none = Je hoort nu bij geen partnerschap. Vraag de backbonestaf om een uitnodiging.
choose-new = Nieuw partnerschap

setup-title = Backbone inrichten
setup-waiting-text = Er is nog niets ingericht.
setup-waiting-hint = De server toonde bij het starten een eenmalige link. Open die link om te beginnen.
setup-step = Stap { $step } van { $of }
setup-text = Wie ben je? Je gaat deze server beheren.
setup-next-partnership = Verder: je partnerschap
setup-partnership-title = Je partnerschap
setup-partnership-hint = Dit alles kan later gewijzigd worden.
setup-next-organization = Verder: je organisatie
setup-organization-title = Je eigen organisatie
setup-organization-hint = De backboneorganisatie: het kleine team dat coördineert.
setup-finish = Afronden
setup-later = Later
setup-done = Je partnerschap staat klaar. Nodig je eerste partners uit.

settings-title = Instellingen
settings-name = Naam van het partnerschap
settings-purpose = Doel
settings-purpose-hint = Waarom jullie bestaan, in een of twee zinnen. Het staat boven elke nieuwsbrief en uitnodiging.
settings-language = Taal
settings-language-hint = Voor mail aan mensen die nog geen taal kozen.
settings-currency = Valuta
settings-time-zone = Tijdzone
settings-fiscal-year = Het boekjaar begint in
settings-accent = Accentkleur
settings-accent-hint = Van de belangrijkste knoppen en links. Donker genoeg voor witte tekst; donkere pagina’s tonen hem lichter.
settings-logo = Logo
settings-logo-hint = PNG, JPEG, WebP of GIF, het liefst vierkant.
settings-logo-now = Het huidige logo
settings-small-cell = Kleinste aantal dat buiten getoond wordt
settings-small-cell-hint = Aantallen mensen hieronder worden nooit openbaar getoond, zodat niemand te herkennen is.
settings-save = Instellingen opslaan
settings-saved = Instellingen opgeslagen.

api-keys-title = API-sleutels
api-keys-hint = Voor programma's die zelfstandig werken, met je eigen rechten in dit partnerschap.
api-keys-new = Nieuwe sleutel
api-keys-name = Naam
api-keys-name-hint = Waarvoor hij is, zoals "Maandelijkse import".
api-keys-scope = Mag
api-keys-read = Lezen
api-keys-write = Lezen en schrijven
api-keys-days = Dagen geldig
api-keys-make = Sleutel maken
api-keys-made = Je sleutel is klaar.
api-keys-made-text = Kopieer hem nu: hij wordt maar één keer getoond.
api-keys-secret = API-sleutel
api-keys-used = Laatst gebruikt
api-keys-never = nooit
api-keys-revoke = Intrekken
api-keys-revoke-full = De sleutel { $name } intrekken
api-keys-revoked = De sleutel werkt niet meer.
api-keys-revoked-on = Ingetrokken { $day }
api-keys-empty = Nog geen sleutels. Met een sleutel kan een programma namens jou lezen of registreren.

organizations-title = Organisaties
organizations-count = { $n ->
    [one] { $n } organisatie doet mee
   *[other] { $n } organisaties doen mee
 }
organizations-add = Organisatie toevoegen
organizations-edit = Organisatie wijzigen
organizations-save = Organisatie opslaan
organizations-name = Naam
organizations-role = Rol
organizations-sector = Sector
organizations-website = Website
organizations-website-example = voorbeeld.nl
organizations-public = Buiten het partnerschap
organizations-named = Met naam
organizations-counted = Geteld, niet genoemd
organizations-public-check = Mag openbaar genoemd worden
organizations-public-hint = In verhalen en hun onderbouwing. Anders staat er "een partnerorganisatie".
organizations-a-partner = een partnerorganisatie
organizations-empty = Hier staan de zelfstandige organisaties die aan jullie doel werken. Voeg de eerste toe.
organizations-former = Doen niet meer mee
organizations-left = Deze organisatie doet niet meer mee. Haar geschiedenis blijft.
organizations-since = Doet mee sinds
organizations-no-people = Nog niemand handelt namens deze organisatie.
organizations-deactivate = Doet niet meer mee
organizations-reactivate = Doet weer mee
organizations-added = Organisatie toegevoegd.
organizations-saved = Organisatie opgeslagen.
organizations-deactivated = Ze doet niet meer mee. Je kunt dit hier terugdraaien.
organizations-reactivated = Ze doet weer mee.
organizations-export-csv = Downloaden als CSV
organizations-export-json = Downloaden als JSON

people-title = Mensen
people-count = { $n ->
    [one] { $n } lid
   *[other] { $n } leden
 }
people-name = Naam
people-organization = Organisatie
people-no-organization = Geen organisatie
people-roles = Rollen
people-status = Status
people-actions = Acties
people-left = Doen niet meer mee
people-left-notice = Deze persoon doet niet meer mee. Wat die deed blijft staan.
people-a-person = een lid
people-invite = Mensen uitnodigen
people-invitations = Uitnodigingen
people-invite-title = Mensen uitnodigen
people-invite-hint = Iedereen krijgt een mail met een link die 14 dagen geldig is.
people-invite-lines = Wie?
people-invite-lines-hint = Eén persoon per regel: sam@example.org, of Sam Okafor <sam@example.org>.
people-invite-button = Uitnodigingen versturen
people-invited = De uitnodigingen zijn onderweg.
people-invitee = Uitgenodigd
people-resend = Opnieuw sturen
people-resend-full = De uitnodiging aan { $email } opnieuw sturen
people-revoke = Intrekken
people-revoke-full = De uitnodiging aan { $email } intrekken
people-invitation-revoked = De uitnodiging is ingetrokken; de link werkt niet meer.
people-member-title = Lid
people-place = Plaats in het partnerschap
people-save = Opslaan
people-saved = Opgeslagen.
people-end = Doet niet meer mee
people-resume = Doet weer mee
people-account = Account
people-account-hint = Sluiten beëindigt meteen elke sessie, sleutel en link. Wissen verwijdert ook naam en adres voorgoed.
people-close = Account sluiten
people-erase = Persoonsgegevens wissen
people-closed = Het account is gesloten.
people-erased = De persoonsgegevens zijn gewist.

invitation-open = Verstuurd
invitation-accepted = Aangenomen
invitation-revoked = Ingetrokken
invitation-expired = Verlopen
invitation-title = Uitnodiging
invitation-heading = Doe mee met { $partnership }
invitation-from = { $inviter } nodigt je uit.
invitation-from-nobody = Je bent uitgenodigd.
invitation-known = Je hebt al een account als { $name }. Nog één tik en je doet ook hier mee.
invitation-password-hint = Je mag dit overslaan: we mailen je een inloglink wanneer je die nodig hebt.
invitation-accept = Meedoen

mail-link-not-you = Heb je hier niet om gevraagd? Doe dan niets: zonder de link komt niemand binnen.
mail-sign-in-link-subject = Je inloglink
mail-sign-in-link-preheader = Hij werkt één keer, { $minutes } minuten lang.
mail-sign-in-link-why = Je krijgt deze mail omdat iemand je adres invulde op de inlogpagina.
mail-sign-in-link-heading = Inloggen
mail-sign-in-link-text = Dag { $person }, met deze link log je in. Hij werkt één keer, { $minutes } minuten lang.
mail-sign-in-link-button = Inloggen
mail-password-reset-subject = Kies een nieuw wachtwoord
mail-password-reset-preheader = De link werkt één keer, { $minutes } minuten lang.
mail-password-reset-why = Je krijgt deze mail omdat iemand een nieuw wachtwoord voor je adres aanvroeg.
mail-password-reset-heading = Een nieuw wachtwoord
mail-password-reset-text = Dag { $person }, met deze link kies je een nieuw wachtwoord. Hij werkt één keer, { $minutes } minuten lang.
mail-password-reset-button = Kies een wachtwoord
mail-invitation-subject = { $inviter } nodigt je uit voor { $partnership }
mail-invitation-preheader = Nog één tik en je doet mee.
mail-invitation-why = Je krijgt deze mail omdat { $inviter } van { $partnership } je uitnodigde. Doe niets als je niet mee wilt doen.
mail-invitation-text = { $inviter } nodigt je uit om mee te doen met { $partnership }:
mail-invitation-organization = Je handelt namens { $organization }.
mail-invitation-button = Bekijk de uitnodiging
mail-invitation-until = De link werkt tot { $day }.

problem-sign-in-wrong = Adres en wachtwoord horen niet bij elkaar
problem-sign-in-wrong-detail = Controleer beide, of vraag een inloglink per mail aan.
problem-refresh-refused = Log opnieuw in
problem-refresh-refused-detail = Dit vernieuwingstoken is gebruikt, verlopen of ingetrokken. Vraag nieuwe tokens aan met adres en wachtwoord.
problem-last-admin = { $partnership } zou geen beheerder meer hebben
problem-last-admin-detail = Er is niets gewijzigd. Maak eerst iemand anders beheerder van { $partnership }.
problem-person-elsewhere = Dit account hoort niet alleen bij dit partnerschap
problem-person-elsewhere-detail = Er is niets gewijzigd. Beëindig in plaats daarvan het lidmaatschap hier; het account kan gesloten worden door de eigenaar of de operator.
problem-invitation-ended = Deze uitnodiging is aangenomen of ingetrokken
problem-invitation-ended-detail = Er is niets gewijzigd. Nodig de persoon opnieuw uit als die mee moet doen.
problem-already-member = { $name } doet al mee
problem-setup-done = Deze server is al ingericht
problem-setup-done-detail = De inrichtlink werkt één keer. Log in, of vraag je operator om een inloglink.

field-sign-in-wrong = Adres en wachtwoord horen niet bij elkaar. Probeer het opnieuw, of vraag een inloglink aan.
field-email = Geen e-mailadres. Schrijf het als naam@voorbeeld.nl.
field-password-short = Minstens { $min } tekens.
field-password-common = Een van de eerste wachtwoorden die geprobeerd worden. Kies een paar losse woorden.
field-password-pattern = Toetsenrijen en herhalingen zijn makkelijk te raden. Kies een paar losse woorden.
field-password-date = Jaren en datums zijn makkelijk te raden. Voeg een paar losse woorden toe.
field-password-word = Eén woord of naam is makkelijk te raden. Voeg er twee of drie losse aan toe.
field-password-personal = Bevat je naam of adres, en dat is makkelijk te raden. Kies andere woorden.
field-password-guessable = Te makkelijk te raden. Maak het langer: een paar losse woorden.
field-password-wrong = Dit is niet je huidige wachtwoord.
field-erase-email = Dit is niet het adres van je account.
field-accent-format = Schrijf de kleur als #0b5fcc.
field-accent-contrast = Te licht: witte tekst erop heeft een contrast van { $ratio }, en 4,5 is nodig. Kies een donkerder kleur.
field-time-zone = Geen bekende tijdzone. Schrijf die als Europe/Amsterdam.
field-logo-image = Het logo moet een geüploade afbeelding zijn.
field-name-taken = Een andere organisatie heeft deze naam al.
field-website = Geen webadres. Schrijf het als voorbeeld.nl.
field-roles-none = Kies minstens één rol.
field-organization-unknown = Deze organisatie doet niet mee. Kies een andere.
field-organization-needed = Bijdragers handelen namens een organisatie. Kies er een.
field-people-line = Regel { $line } bevat geen e-mailadres: “{ $text }”. Er is nog niemand uitgenodigd.
field-people-many = Hoogstens { $max } mensen tegelijk.

## Een ander adres
account-email = E-mailadres
account-email-hint = Post gaat erheen, en u meldt zich ermee aan. Het verandert zodra u de link bevestigt die we naar het nieuwe adres sturen.
account-email-new = Nieuw adres
account-email-change = Stuur de link
account-email-asked = Als het adres gebruikt kan worden, is er een link naar onderweg. Tot u die bevestigt, verandert er niets.
account-email-changed = Uw adres is gewijzigd.
account-email-confirm-title = Voortaan dit adres gebruiken?
account-email-confirm-text = Uw account is dan te bereiken op { $email }.
account-email-confirm-button = Gebruik dit adres
field-email-same = Dat is uw adres al.
mail-email-change-subject = Bevestig uw nieuwe adres
mail-email-change-preheader = Eén tik, en post bereikt u hier.
mail-email-change-why = U krijgt dit omdat iemand die bij { $partnership } is aangemeld, op dit adres bereikt wil worden. Doe niets als u dat niet was.
mail-email-change-text = { $person }, bevestig dat post u voortaan op dit adres moet bereiken.
mail-email-change-until = De link werkt { $n ->
        [one] één minuut
       *[other] { $n } minuten
    }.
mail-email-changed-subject = Uw adres is gewijzigd
mail-email-changed-preheader = Post gaat nu naar een ander adres.
mail-email-changed-why = U krijgt dit omdat uw account tot nu toe op dit adres te bereiken was.
mail-email-changed-heading = Uw adres is gewijzigd
mail-email-changed-text = { $person }, uw account is nu op een ander adres te bereiken. Was u dat niet, vraag dan meteen wie deze server beheert.

## Alle accounts, voor de beheerder
accounts-title = Alle accounts
accounts-hint = Iedereen die zich op deze server kan aanmelden. U ziet deze pagina omdat u hem beheert.
accounts-open = Bekijk alle accounts
accounts-search = Naam of adres
accounts-find = Zoek
accounts-partnerships = Doet mee aan
accounts-seen = Laatst hier
accounts-not-seen = Niet aangemeld
accounts-access = Toegang
accounts-operator = Beheerder
accounts-active = Mag zich aanmelden
accounts-inactive = Afgesloten
accounts-sign-out = Meld overal af
accounts-sign-out-full = Meld overal af: { $name }
accounts-deactivate = Sluit af
accounts-deactivate-full = Sluit af: { $name }
accounts-reactivate = Laat weer toe
accounts-reactivate-full = Laat weer toe: { $name }
accounts-deactivated = Afgesloten: elke sessie, sleutel en link is beëindigd. U kunt diegene weer toelaten.
accounts-reactivated = Diegene mag zich weer aanmelden.
accounts-signed-out = Overal afgemeld.
accounts-none = Niemand gevonden.
problem-accounts-operator = Een beheerder kan hier niet worden afgesloten
problem-accounts-operator-detail = Er is niets gewijzigd. Iemand moet de server kunnen beheren.

## Op de startpagina
people-needs-answer = { $name } heeft niet geantwoord op de uitnodiging
people-needs-answer-detail = Gestuurd naar { $email }.
people-needs-look = Bekijk uitnodigingen
people-needs-again = Stuur opnieuw
field-date = Dit is geen datum, zoals 2026-11-23.
field-snooze-until = Kies een dag vanaf morgen, hoogstens drie maanden vooruit.

people-notice-joined = { $name } doet mee

sign-in-kept = Je sessie is beëindigd. Er is niets verloren.
sign-in-kept-text = Wat je typte blijft een uur bewaard. Log in, ook met een link in je mail, en verstuur het.
## Links in e-mail die zonder wachtwoord werken
account-links = Links in uw e-mail
account-links-hint = Elke link doet één ding zonder wachtwoord, tot zijn dag. Beëindig er een die op de verkeerde plek kwam.
account-link-log-contribution = Een bijdrage vastleggen
account-link-report-measurement = Een cijfer melden
account-link-report-commitment = Zeggen hoe een toezegging ervoor staat
account-link-read-story = Een verhaal lezen
account-link-until = Verstuurd op { $made }, werkt tot { $until }
account-link-end = Beëindigen
account-link-end-full = Beëindigen: de link “{ $what }” van { $made }
account-link-ended = De link is beëindigd. Wie hem opent, ziet dat.
link-upgrade = Open alles als { $name }
link-upgrade-hint = Deze pagina heeft geen wachtwoord nodig. Eén tik meldt u op dit apparaat aan voor de rest.
## First steps of a new partnership
first-partnership = Zeg wie u bent
first-partnership-why = Doel, logo en kleur staan op elke pagina en in elke mail.
first-organizations = Voeg de organisaties toe die meedoen
first-organizations-why = Partners, financiers en de gemeenschap: elk met rol en sector.
first-people = Nodig mensen uit
first-people-why = Zij komen binnen met een link in een mail, zonder wachtwoord.

## What happened, further
event-file-uploaded = voegde een bestand toe
event-person-email-changed = veranderde het eigen e-mailadres
