communications-nav = Sending

## The mail itself
communications-mail-greeting = Dear { $name },
communications-mail-greeting-nameless = Hello,
communications-mail-where-from = Where does this come from?
communications-mail-other-language = The story itself is written in { $language }.
communications-mail-read = Read the whole story
communications-mail-read-corrected = Read the story as it is now
communications-mail-how-calculated = How we calculated this
communications-mail-ratio = { $base }
communications-mail-ratio-range = (between { $low } and { $high }, depending on what is assumed)
communications-mail-correction-title = A correction
communications-mail-correction-intro = In “{ $headline }” we sent you a figure that has changed since. This is what changed, and why.
communications-mail-correction-preheader = A figure that we sent you has changed since
communications-mail-was = We wrote: { $value }
communications-mail-is = It is now: { $value }
communications-mail-why = You receive this because { $partnership } counts you among the readers of its stories. If you would rather not, one click is enough.
communications-mail-why-correction = You receive this because { $partnership } sent you the story with the figure that changed.
communications-ratio-title = Social return on what was put in
communications-ratio-low = Low
communications-ratio-base = Best estimate
communications-ratio-high = High
communications-ratio-none = No ratio could be calculated
communications-ratio-alt = Social return: best estimate { $base }, between { $low } and { $high }
