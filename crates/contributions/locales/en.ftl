# What partners give: words of its pages, problems and mails.

contributions-nav = Contributions

## Words of the vocabulary
contribution-kind-time = Time
contribution-kind-talent = Talent
contribution-kind-treasure = Money
contribution-kind-in-kind = In kind
contribution-status-logged = Logged
contribution-status-verified = Verified
contribution-status-queried = Question
contribution-status-answered = Answered
contribution-status-withdrawn = Withdrawn
contribution-basis-market-price = Market price
contribution-basis-donor-invoice = The giver's invoice
contribution-basis-replacement-cost = Replacement cost
contribution-basis-estimate = Estimate

## Problems
problem-contribution-not-yours = Not your organization
problem-contribution-not-yours-detail = You can log and correct for your own organization only. Nothing was changed.
problem-contribution-step = This step does not follow
problem-contribution-step-detail = The contribution is “{ $status }” by now. Nothing was changed. Read it again to see what happened.
problem-contribution-rate-taken = There is a rate from this day already
problem-contribution-rate-taken-detail = A rate is never overwritten. Set the new one from another day.
problem-contribution-nobody-to-ask = There is nobody to ask
problem-contribution-nobody-to-ask-detail = None of the chosen organizations has an active contributor. Invite somebody first.
field-contribution-period = “{ $text }” is not a period. Write a month (2026-10), a quarter (2026-Q3), a year (2026) or a day (2026-10-12).
field-contribution-future = The period ends after this month. Log what has been given by then.
field-contribution-period-too-long = At most three years. Log longer periods in parts.
field-contribution-not-a-link = A link begins with https:// and has no spaces.
field-contribution-too-many = At most { $max }.
field-contribution-not-positive = Must be more than zero.
field-contribution-more-than-a-day-has = More hours than the period has: at most { $max } for this many people.
field-contribution-confirm-large = That is unusually much (above { $max }). Confirm that it is meant.
field-contribution-unknown-work-role = There is no role of work called “{ $name }”. Choose one of the list, or give an hourly rate with a reason.
field-contribution-no-rate-then = There was no rate for “{ $name }” yet in this period. Give an hourly rate with a reason.
field-contribution-too-large = Too large to be kept.
field-contribution-exchange-rate = Say how much one { $from } was worth in { $to }.
field-contribution-unknown-organization = This organization does not take part.
field-contribution-unknown-file = This file is not there. Upload it first.
field-contribution-not-yours = You can log for your own organization only.
field-contribution-entries-out-of-range = Send { $min } to { $max } entries at once.
field-contribution-not-readable = The changes cannot be read: { $why }.
