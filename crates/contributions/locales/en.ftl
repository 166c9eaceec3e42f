# What partners give: words of its pages, problems and mails.

contributions-nav = Contributions
contributions-nav-short = Given

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
problem-contribution-export-workbook = Too many rows for a workbook
problem-contribution-export-workbook-detail = A workbook is made for up to { $limit } rows. Take the CSV or JSON file, which have all of them, or narrow the export down by period or organization.
problem-contribution-not-yours = Not your organization
problem-contribution-not-yours-detail = You can log and correct for your own organization only. Nothing was changed.
problem-contribution-step = This step does not follow
problem-contribution-step-detail = The contribution is “{ $status }” by now. Nothing was changed. Read it again to see what happened.
problem-contribution-rate-taken = There is a rate from this day already
problem-contribution-rate-taken-detail = A rate is never overwritten. Set the new one from another day.
problem-contribution-nobody-to-ask = There is nobody to ask
problem-contribution-nobody-to-ask-detail = None of the chosen organizations has an active contributor. Invite somebody first.
field-contribution-period = “{ $text }” is not a period. Write a month (October 2026), a quarter (Q3 2026), a year (2026) or a day (12 October 2026).
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
field-contribution-rate-from-taken = There is a rate of this role from this day already. Choose another day.

## Values in words
contribution-hour = { $amount } hour
contribution-hours = { $amount } hours
contribution-how-rate = { $hours } h × { $rate } = { $value } ({ $why })
contribution-how-exchange = { $given } × { $exchange } = { $value }
contribution-how-basis = { $value } ({ $basis })
contribution-how-none = Not valued yet: there is no rate for this period.

## List
contributions-title = Contributions
contributions-hint = What partners gave: time, talent, money and things.
contribution-log = Log a contribution
contribution-organization = Organization
contribution-period = Period
contribution-status = Status
contribution-given = Given
contribution-value = Value
contribution-all = All
contribution-choose = Choose
contribution-filter = Filter
contribution-filter-clear = Show all
contribution-none-match = Nothing matches this filter.
contribution-empty = Here stands what partners give, so that every figure in a story can be traced to it. Log the first contribution.
contribution-export = Take this list along:
contribution-total-hours = Hours
contribution-total-value = Value
contribution-total-organizations = Organizations
contribution-total-entries = Contributions
contribution-total-unverified = { $n ->
    [0] all verified
    [one] { $n } not verified yet
   *[other] { $n } not verified yet
 }

## Form
contribution-new-title = Log a contribution
contribution-correct-title = Correct a contribution
contribution-correct = Correct
contribution-correct-save = Save the correction
contribution-back = Back
contribution-same = Same as last time
contribution-more = Period, rate, evidence, note
contribution-field-kind = Kind
contribution-field-quantity = How much
contribution-field-quantity-hint = Hours for time and talent; { $currency } for money and things.
contribution-field-activity = For what
contribution-field-confirm = Yes, this unusually large amount is meant
contribution-field-reason = Why is it corrected?
contribution-field-reason-hint = Kept in the history, with what stood there before.
contribution-field-period-hint = Such as October 2026, Q3 2026, 2026 or 12 October 2026.
contribution-field-role = Role of work
contribution-field-role-hint = Hours are valued at its rate.
contribution-field-role-usual = The usual one
contribution-field-skill = Skill
contribution-field-skill-hint = For talent; what the work was for, when left empty.
contribution-field-people = People
contribution-field-rate = Another hourly rate
contribution-field-rate-reason = Why another rate
contribution-field-currency = Other currency
contribution-field-currency-hint = Three letters, when the amount is not in { $currency }.
contribution-field-exchange = Worth of one unit of it in { $currency }
contribution-field-description = What it was
contribution-field-basis = The value rests on
contribution-field-link = Link to evidence
contribution-field-file = File as evidence
contribution-field-file-hint = PDF, picture, Word, Excel or CSV, at most 25 MB.
contribution-field-public = Others may see the evidence
contribution-field-public-hint = Funders and readers of a story can then open it.
contribution-field-note = Note for members

## Signed link and receipt
contribution-link-title = What did { $name } give?
contribution-link-asked = { $name } asks for { $period }. It takes about 15 seconds.
contribution-receipt-title = Thank you, it is logged
contribution-receipt-hint = { $name }
contribution-moved-title = What it moved
contribution-own-hours = Hours you gave
contribution-own-value = What they are worth
contribution-of-hours = of { $all } hours by all
contribution-of-value = of { $all } by all
contribution-organizations-gave = Organizations that gave
contribution-supports = Metrics it supports
contribution-supports-none = Not tied to a metric yet.
contribution-metric = Metric
contribution-log-another = Log another

## One contribution
contribution-logged = Logged.
contribution-question = A question:
contribution-verify = Verify
contribution-query = Ask about it
contribution-withdraw = Withdraw
contribution-logged-by = Logged by
contribution-evidence = Evidence
contribution-evidence-public = May be seen outside the partnership.
contribution-evidence-members = For members only.
contribution-evidence-none = No file or link was given.
contribution-say = Say something about it
contribution-comment = Answer, question or reason
contribution-comment-send = Send
contribution-history = History
contribution-past-logged = Logged: { $amount }, worth { $value }
contribution-past-verified = Verified: { $amount }, worth { $value }
contribution-past-queried = A question was asked about { $amount }, worth { $value }
contribution-past-answered = The question was answered: { $amount }, worth { $value }
contribution-past-corrected = Corrected: { $amount }, worth { $value }
contribution-past-withdrawn = Withdrawn: { $amount }, worth { $value }
contribution-comment-question = Question
contribution-comment-answer = Answer
contribution-comment-remark = Remark
contribution-corrected = The correction is saved. What stood before is in the history.
contribution-verified = Verified.
contribution-queried = Asked. The organization gets your question by mail, with a link to answer.
contribution-commented = Sent.
contribution-withdrawn = Withdrawn. It no longer counts; it stays in the history.

## Sheet
contribution-sheet = Log a month
contribution-sheet-title = Log a month
contribution-sheet-hint = One line a contribution: hours for time and talent, { $currency } for money and things. Empty lines are left out.
contribution-sheet-save = Log all
contribution-sheet-row = Line { $row }: { $message }

## Rates
rates-title = Rates
rates-hint = What an hour is worth, by role of work. A new rate never changes what was logged before.
rates-role = Role of work
rates-hourly = Worth of an hour
rates-from = From
rates-source = Source
rates-source-hint = A decision, a wage table, a publication.
rates-new = Set a rate
rates-new-hint = The first role is used when none is chosen.
rates-save = Set the rate
rates-set = The rate is set.
rates-empty = Here stands what an hour of each role of work is worth, so that hours can be counted as investment.

## Trace
contribution-trace-member = { $name }, { $activity }, { $period }
contribution-trace-public = { $name }, { $kind }, { $period }
contribution-trace-count = { $n ->
    [one] { $n } contribution
   *[other] { $n } contributions
 }
contribution-trace-together = Shown together, because they are few or their givers are not named outside the partnership.
contribution-trace-organizations = { $n ->
    [one] { $n } organization
   *[other] { $n } organizations
 }
contribution-trace-unnamed = A partner that is not named
contribution-trace-total = { $who }, { $entries }
contribution-trace-kind = { $kind }: { $who }, { $entries }

## Requests
contribution-requests-title = Requests to log
contribution-requests-hint = Ask organizations what they gave; each contributor gets a link of their own by mail.
contribution-requests-by = { $name },
contribution-requests-answered = People whose organization answered
contribution-requests-waiting = Not yet:
contribution-requests-remind = { $n ->
    [one] Remind { $n } person
   *[other] Remind { $n } people
 }
contribution-requests-empty = Here stands who was asked to log, and who did. Send the first request.
contribution-requests-new = Ask now
contribution-requests-kind = Kind chosen beforehand
contribution-requests-message = A word from you
contribution-requests-some = Ask some organizations only
contribution-requests-send = Ask by mail
contribution-requests-sent = The request is on its way.
contribution-requests-reminded = The reminders are on their way.
mail-contribution-ask-subject = { $organization }: what did you give in { $period }?
mail-contribution-ask-preheader = It takes about 15 seconds, without a password.
mail-contribution-ask-why = You get this because you log contributions of { $organization } to { $partnership }.
mail-contribution-ask-heading = What did { $organization } give in { $period }?
mail-contribution-ask-text = { $name }, { $by } asks for your hours, money or things of this period. It takes about 15 seconds, and you see at once what it moved.
mail-contribution-ask-reminder = This is a reminder; nothing has been logged by this request yet.
mail-contribution-ask-button = Log it now
mail-contribution-ask-until = The link is yours alone and works until { $day }.

## What needs attention

contributions-needs-verify = { $n ->
    [one] One contribution waits to be verified
   *[other] { $n } contributions wait to be verified
 }
contributions-needs-answered = { $n ->
    [one] One question about a contribution was answered
   *[other] { $n } questions about contributions were answered
 }
contributions-needs-look = Look at them

## What a contribution helps move
contribution-helps = What does it help move?
contribution-helps-which = Metrics it supports
field-contribution-unknown-metric = There is no such metric in this partnership.

## A question by mail
contribution-your-answer = Your answer
contribution-answer-send = Send your answer
contribution-answered = Thank you, your answer is with the backbone staff.
mail-contribution-question-subject = { $by } asks about what { $organization } gave
mail-contribution-question-preheader = { $question }
mail-contribution-question-why = You get this because you log contributions of { $organization } to { $partnership }.
mail-contribution-question-heading = A question from { $by }
mail-contribution-question-text = { $by } asks about { $amount } that { $organization } gave in { $period } ({ $activity }):
mail-contribution-question-button = Answer or correct it

## On the home page: what needs somebody, and what happened
contributions-needs-verify-one = Logged by { $by }. Nobody has looked at it yet.
contributions-needs-verify-click = Verify
contributions-needs-quiet = { $name } has gone quiet
contributions-needs-quiet-detail = No contribution or visit for { $days ->
    [one] one day
   *[other] { $days } days
 }; before that about every { $rhythm ->
    [one] day
    [7] week
   *[other] { $rhythm } days
 }.
contributions-needs-ask = Write to { $who }
contributions-needs-request = { $n ->
    [one] One organization has not answered for { $period }
   *[other] { $n } organizations have not answered for { $period }
 }
contributions-needs-request-detail = { $more ->
    [0] { $names }
    [one] { $names } and one more
   *[other] { $names } and { $more } more
 }
contributions-needs-again = Ask again
contributions-needs-mine = { $by } asks what you gave in { $period }
contributions-needs-log = Log it
contributions-asked-requests = { $n ->
    [one] one request to log
   *[other] { $n } requests to log
 }
contributions-asked-questions = { $n ->
    [one] one question about a contribution
   *[other] { $n } questions about contributions
 }
contributions-told-hours = { $name } gave { $n ->
    [one] one hour
   *[other] { $hours } hours
 }: { $activity }
contributions-told-value = { $name } gave { $value }: { $activity }
contributions-told-verified = { $by } verified “{ $activity }” of { $name }
contributions-told-queried = { $by } asked { $name } about “{ $activity }”
contributions-told-answered = { $name } answered about “{ $activity }”
contributions-told-corrected = { $by } corrected “{ $activity }” of { $name }
contributions-told-withdrawn = { $by } withdrew “{ $activity }” of { $name }
contributions-told-asked = { $by } asked { $n ->
    [one] one person
   *[other] { $n } people
 } what was given in { $period }
contributions-told-reminded = { $by } reminded { $n ->
    [one] one person
   *[other] { $n } people
 } of what was given in { $period }

contributions-notice-asked = { $by } asks what you gave in { $period }
contributions-notice-queried = { $by } has a question about { $activity } of { $name }
contributions-notice-verified = { $by } verified { $activity } of { $name }
contributions-notice-answered = { $name } answered your question about { $activity }
contributions-date-asked = Log what you gave in { $period }: { $by } asks
## What is asked of a partner
contributions-needs-reply = A question about “{ $activity }”, { $period }
contributions-needs-reply-detail = { $by } asks: { $question }
contributions-needs-answer = Answer
contributions-needs-mine-detail = “{ $message }”
contributions-needs-same-hours = Same as last time: { $n ->
    [one] one hour
   *[other] { $hours } hours
 }
contributions-needs-same-value = Same as last time: { $value }

## The same again, and templates of one’s own
contribution-repeat = Log the same again
contribution-templates-title = Your templates
contribution-templates-hint = What you give again and again, filled in already. They are yours alone; what was logged with them stays when you remove one.
contribution-templates-empty = Keep what you log as a template, and it waits here filled in. You find “Keep as a template” beside everything you have logged.
contribution-template-use = Log it
contribution-template-remove = Remove
contribution-template-keep = Keep as a template
contribution-template-keep-hint = It waits on your home page, filled in but for the month.
contribution-template-name = Name
contribution-template-kept = Kept. It waits on your home page from now on.
contribution-template-removed = The template is gone. What was logged with it stays.
field-contribution-template-taken = You have a template of this name already. Give this one another.
## First steps of a new partnership
first-contribution = Log a first contribution
first-contribution-why = Time, skills, money or things: what partners give is where every figure begins.
