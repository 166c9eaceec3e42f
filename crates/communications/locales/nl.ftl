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
