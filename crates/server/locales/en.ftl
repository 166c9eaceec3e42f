nav-home = Home

home-needs = { $n ->
    [0] Nothing needs you, { $name }
    [one] One thing needs you, { $name }
   *[other] { $n } things need you, { $name }
 }
home-nothing = Nothing is slipping. When something does, it is here first, each line one click from being handled.
home-log = Log a contribution
home-happened = What happened
home-all-events = Everything that happened
home-tools = Behind the scenes
home-export = Take everything out (ZIP)
home-api = API for programs

timeline-title = Timeline
timeline-hint = Every change, by whom and when. The log is never rewritten; each line is chained to the one before it.
timeline-empty = Nothing has happened yet. Every contribution, measurement and decision will appear here.
timeline-older = Older

trace-page-title = Trace
trace-behind = Where does it come from?
trace-ahead = What did it move?
trace-nothing-behind = Nothing lies behind this
trace-nothing-behind-text = It is a source itself, or nothing has been linked to it yet.
trace-facts = In detail
trace-history = Its history

kind-contribution = Contribution
kind-contribution-total = Contributions together
kind-contribution-share = What one organization gave
kind-metric = Metric
kind-metric-period = Metric in a period
kind-measurement = Measurement
kind-value-model = Value model
kind-value-calculation = Calculation
kind-story = Story
kind-figure = Figure
kind-campaign = Mailing
kind-organization = Organization
kind-person = Person
kind-partnership = Partnership

jobs-title = Background work
jobs-hint = Mail, imports and calculations that the server does by itself. What it gave up waits here for you.
jobs-dead = Given up
jobs-none-dead = Nothing was given up.
jobs-retry = Try again
jobs-retried = It will be tried again in a moment.
jobs-recent = Most recent
jobs-none = No work yet.
jobs-kind = Work
jobs-state = State
jobs-attempts = Tries
jobs-due = When
job-state-waiting = Waiting
job-state-running = Running
job-state-done = Done
job-state-dead = Given up

mailbox-title = Local mailbox
mailbox-hint = No mail server is set, so everything the server mails lands here instead.
mailbox-empty = No mail yet. Invite somebody or send a story, and it appears here.
mailbox-subject = Subject
mailbox-from = From
mailbox-to = To
mailbox-at = Sent
mailbox-links = Links in this message
mailbox-text = As plain text
mailbox-headers = All headers

problem-mail-unreadable = This message cannot be shown
problem-mail-unreadable-detail = The file in the mail folder is too large or not a message.
problem-method-not-allowed = This address does not take that kind of request

## What happened, after the name of who did it

event-access-link-upgraded = signed in from a link in a mail
event-api-key-made = made an API key
event-api-key-revoked = revoked an API key
event-campaign-cancelled = cancelled a mailing
event-campaign-drafted = drafted a mailing
event-campaign-edited = edited a mailing
event-campaign-paused = paused a mailing
event-campaign-queued = sent a mailing on its way
event-campaign-resumed = let a mailing go on
event-campaign-sent = finished a mailing
event-contact-added = added a contact
event-contact-changed = changed a contact
event-contact-removed = removed a contact
event-contribution-answered = answered a question about a contribution
event-contribution-corrected = corrected a contribution
event-contribution-logged = logged a contribution
event-contribution-queried = asked about a contribution
event-contribution-remarked = remarked on a contribution
event-contribution-template-kept = kept a template
event-contribution-template-removed = removed a template
event-contribution-verified = verified a contribution
event-contribution-withdrawn = withdrew a contribution
event-contribution-request-sent = asked partners for contributions
event-contribution-request-reminded = reminded partners of a request
event-correction-drafted = drafted a notice of correction
event-delivery-failed = could not deliver a message
event-import-uploaded = uploaded a file of measurements
event-import-mapped = matched the columns of an import
event-import-started = started an import
event-import-finished = finished an import
event-import-cancelled = cancelled an import
event-import-undone = took an import back
event-invitation-revoked = revoked an invitation
event-job-retried = had background work tried again
event-measurement-recorded = recorded a measurement
event-measurement-reported = reported a measurement
event-measurement-corrected = corrected a measurement
event-measurement-verified = verified a measurement
event-measurement-queried = asked about a measurement
event-measurement-answered = answered a question about a measurement
event-measurement-restored = undid the withdrawal of a measurement
event-measurement-withdrawn = withdrew a measurement
event-membership-changed = changed somebody’s roles
event-membership-ended = ended a membership
event-membership-resumed = resumed a membership
event-metric-defined = defined a metric
event-metric-changed = changed a metric
event-metric-retired = retired a metric
event-metric-revived = took a metric back into use
event-objective-added = added an objective
event-objective-changed = changed an objective
event-objective-removed = retired an objective
event-scorecard-retired = retired a scorecard
event-organization-added = added an organization
event-organization-changed = changed an organization
event-organization-deactivated = deactivated an organization
event-organization-reactivated = reactivated an organization
event-partnership-created = set the partnership up
event-partnership-updated = changed the partnership’s settings
event-person-invited = invited somebody
event-person-joined = joined
event-person-closed = closed an account
event-person-erased = erased a person’s data
event-perspective-added = added a perspective
event-perspective-changed = changed a perspective
event-perspective-removed = removed a perspective
event-rate-set = set an hourly rate
event-recipient-released = let somebody be written to again
event-recipient-resubscribed = wants mail again
event-recipient-suppressed = stopped mail to somebody
event-recipient-unsubscribed = unsubscribed
event-scorecard-changed = changed the scorecard
event-scorecard-metric-added = put a metric on the scorecard
event-scorecard-metric-removed = took a metric off the scorecard
event-scorecard-metric-swapped = swapped metrics on the scorecard
event-value-model-created = made a value model
event-value-model-changed = changed a value model
event-value-model-retired = retired a value model
event-value-calculation-frozen = froze a calculation
event-value-proxy-added = added a financial proxy
event-value-proxy-changed = changed a financial proxy
event-value-proxy-removed = removed a financial proxy

jobs-needs = { $n ->
    [one] One piece of background work was given up
   *[other] { $n } pieces of background work were given up
 }
jobs-needs-look = See why

search-title = Search
search-hint = Names and contents of everything you may see: organizations, contributions, metrics, stories and more.
search-label = What are you looking for?
search-placeholder = Search, or type what you want to do
search-go = Search
search-kinds = Kinds of results
search-all = Everything
search-results = Results
search-recent = Recently opened
search-actions = Go to or begin
search-none = Nothing fits “{ $q }”. Try fewer words, or only their beginning.
search-start = Type a name, or a word from a note or a story. The beginning of a word is enough, accents do not matter.
search-full = These are the best 50. Add a word to find less.
search-keys = ↑ ↓ to choose · Enter to open · Esc to close
search-close = Close
search-do-log = Log a contribution
search-do-ask = Ask partners what they gave
search-do-metric = Define a metric
search-do-import = Import measurements
search-do-story = Write a story
search-do-model = Make a value model
search-do-campaign = Send a story
search-do-invite = Invite people
kind-objective = Objective
kind-value-proxy = Financial proxy
kind-contact = Contact

problem-too-many-streams = Too many pages are listening
problem-too-many-streams-detail = Nothing is lost. This page asks for news from time to time instead.
problem-stopping = The server is stopping
problem-stopping-detail = It will be back in a moment. Nothing was changed.
## Home: the parts, what was put aside, the right column
home-hint = { $date } · { $n ->
    [one] one organization
   *[other] { $n } organizations
 }, { $active } active this week
home-part-today = Today
home-part-week = This week
home-part-later = Later
home-since = { $when }
home-due = due { $when }
home-later = Put aside
home-later-title = Put this aside
home-later-hint = It comes back by itself on the day you choose. Everybody on staff sees who put it aside, and why.
home-later-reason = Why can it wait?
home-later-reason-hint = So that a colleague does not wonder: “Ilse is on leave until the 12th”.
home-later-until = Until
home-later-do = Put aside
home-later-not = Leave it
home-put-aside = Put aside. It comes back on its day; you can take it up before.
home-handled-meanwhile = It has been handled meanwhile.
home-taken-up = It is among what needs you again.
home-take-up = Take up again
home-aside = { $n ->
    [one] One line is put aside
   *[other] { $n } lines are put aside
 }
home-aside-line = { $by }: “{ $reason }” Back on { $until }.
home-burden = What we ask of partners
home-burden-hint = minutes per organization, this month
home-burden-of = of the { $n } we allow ourselves
home-burden-most = { $n ->
    [one] At most one minute of one organization.
   *[other] At most { $n } minutes of one organization.
 }
home-burden-none = Nothing was asked of anybody this month.
home-more-like-it = and { $n ->
    [one] one more
   *[other] { $n } more
 } like it
event-attention-snoozed = put a line of the home page aside
event-attention-resumed = took a line of the home page up again
heard-title = Purpose heard
heard-hint = last 12 weeks
heard-partners = Partners
heard-leaders = Leaders
heard-funders = Funders
heard-row = { $n ->
    [0] not in the last 12 weeks
    [one] in one of 12 weeks
   *[other] in { $n } of 12 weeks
 }
heard-legend = A square is a week in which a mailing reached somebody.

kept-title = What you had typed
kept-signed-in = You are signed in again, and nothing is lost.
kept-text = This is what you had typed. Nothing of it was saved yet.
kept-conflict-title = Two versions
kept-conflict = Somebody else saved this while you were typing.
kept-conflict-text = What differs stands below. Choose for each which one counts; nothing of yours was saved yet.
kept-conflict-same = What you typed does not differ from what stands there now.
kept-files = Choose your files again
kept-files-text = Files are not kept. Go back to the page to add them.
kept-mine = What you typed
kept-theirs = What was saved meanwhile
kept-now = What stands there now
kept-nothing = nothing
kept-yes = Yes
kept-no = No
kept-send = Send it
kept-save = Save what I chose
kept-leave = Leave it as it is now
## A partner's home
partner-heading = { $n ->
    [0] Nothing is asked of you, { $name }
    [one] One thing is asked of you, { $name }
   *[other] { $n } things are asked of you, { $name }
 }
partner-hint = { $n ->
    [one] About one minute in all, each with its action beside it.
   *[other] About { $n } minutes in all, each with its action beside it.
 }
partner-nothing = You are up to date. When something is asked of you, it stands here with the minutes it will cost.
partner-tabs = Your pages
partner-tab = For my organization
ask-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
 }
partner-log-title = Log what { $name } gave
partner-log-hint = In { $month }. Three fields; everything else can wait.
partner-log-more = Another month, evidence, more fields
partner-log-sheet = A whole month at once
partner-last = Last time, in { $period }
partner-repeat = Repeat for { $month }
partner-logged = Logged: { $amount }, { $activity }, { $period }.
partner-logged-towards = It counts towards: { $metrics }.
partner-logged-link = Say what it helps to move
partner-undo = Take it back
partner-undo-reason = Logged by mistake, taken back at once
partner-moved = What it moved
partner-moved-hint = The metrics that { $name } gave towards in these months, as they stand now
partner-moved-nothing = Say with a contribution which metric it supports, and what it moved stands here: figures, decisions, stories.
partner-moved-decisions = Decided about these
partner-moved-stories = Told in stories
partner-names-you = names you
partner-was = from { $value } in { $period }
partner-towards-hours = { $n ->
    [one] { $hours } hours in one contribution went into it
   *[other] { $hours } hours in { $n } contributions went into it
 }
partner-towards-value = { $n ->
    [one] { $value } in one contribution went into it
   *[other] { $value } in { $n } contributions went into it
 }
partner-value-page = Everything { $name } gave and moved
partner-gave = What { $name } gave
partner-gave-nothing = Nothing yet in these twelve months.
partner-last-year = Last 12 months
partner-hours = hours
partner-h = { $hours } h
partner-worth = in value
partner-by-kind = By kind
partner-recent = Logged last
partner-all = All contributions
partner-burden = What we ask of you
partner-burden-usually = { $n ->
    [0] Next to nothing in an average month of the last twelve.
    [one] One minute in an average month of the last twelve.
   *[other] { $n } minutes in an average month of the last twelve.
 }

## The burden ledger
burden-title = Burden ledger
burden-of = What was asked of { $name }
burden-hint = Minutes that being in this partnership asks for, beside the work itself. We allow ourselves { $n } a month for each organization.
burden-open = See month by month
burden-this-month = This month
burden-usually = In an average month
burden-total = Together
burden-since = since { $date }
burden-gave = Given meanwhile
burden-n = { $n } min
burden-by-month = Month by month
burden-by-rule = For what
burden-by-rule-hint = in all these months
burden-by-person = Of whom
burden-by-person-hint = where it is one person’s to do
burden-anybody = Whoever does it
burden-what = What
burden-who = Who
burden-month = Month
burden-minutes = Minutes
burden-none = Nothing
burden-over = more than we allow ourselves
burden-nothing = Nothing was asked in these months. When it is, each request, vote and figure stands here with its minutes.
burden-chart = Minutes asked of { $name } by month
burden-chart-text = How many minutes the partnership asked of { $name } in each month.
burden-how = How is this counted?
burden-how-text = By the same estimates for everybody, whether somebody answered or not:
burden-how-requests = A request to log what was given: 2 minutes for each organization. A question about a contribution or a figure: 5.
burden-how-figures = A figure to report: 10 minutes, on the day it is due, for the organization that answers for the metric.
burden-how-votes = A vote: reading at 180 words a minute, and 1 minute for an answer or 3 for weighing options.
burden-how-reports = Saying how a commitment goes: 3 minutes.

## An organization's value page
value-page-title = What { $name } gave and moved
value-page-print = Print or save as PDF
value-page-when = Of when
value-page-hours = Hours of time and talent
value-page-worth = Value
value-page-contributions = Contributions
value-page-metrics = Metrics it supports
value-page-over-time = Over time
value-page-chart = What { $name } gave, by month
value-page-chart-text = The value of what { $name } gave in each month.
value-page-nothing = Nothing was logged for this time. What is given stands here with what it moved.
value-page-takes-part = How it takes part
value-page-voted = { $n ->
    [one] Voted in { $voted } of one vote.
   *[other] Voted in { $voted } of { $n } votes.
 }
value-page-did-vote = voted
value-page-no-vote = did not vote
value-page-open-vote = still open
value-page-no-votes = It was asked for no vote in this time.
value-page-kept = { $n ->
    [0] No commitment was finished in this time.
    [one] One commitment kept.
   *[other] { $n } commitments kept.
 }
value-page-promises = Promised
value-page-asked = What was asked of it
value-page-minutes = minutes asked

## A leader's page
leader-title = For leaders
leader-tab = For leaders
leader-heading = Five minutes, { $name }
leader-hint = { $act ->
    [0] { $read ->
        [one] About one minute to read. What changed since { $since }.
       *[other] About { $read } minutes to read. What changed since { $since }.
     }
   *[other] { $read ->
        [one] About one minute to read and { $act } to act. What changed since { $since }.
       *[other] About { $read } minutes to read and { $act } to act. What changed since { $since }.
     }
 }
leader-nothing = Nothing waits for you.
leader-off = Off its path
leader-off-hint = { $on } of { $all } metrics are on target
leader-off-none = Every metric is where it should be.
leader-owner = { $name } answers for it
leader-no-owner = Nobody answers for it
leader-scorecard = The whole scorecard
leader-promised = Promised, and due
leader-promised-hint = late, or in the next 30 days
leader-promised-none = Nothing is late or due in the next 30 days.
leader-all-promises = All commitments
leader-story = One story to retell
leader-story-none = No story is out yet. The first one stands here, with its link.
leader-story-link = Address of the story
leader-changed = What changed
leader-changed-since = since { $date }
leader-how-many = How many
leader-count-hours = Hours logged
leader-count-figures = Figures reported
leader-count-votes = Votes closed
leader-count-stories = Stories out

## Words of these pages that other rooms have, too
burden-organization = Organization
partner-template-keep = Keep as a template
partner-templates = Your templates
partner-kind = Kind
partner-value = Value
partner-quantity-hint = Hours for time and talent; { $currency } for money and things.
partner-quantity = How much
partner-activity = For what
partner-log = Log a contribution
value-page-organizations = Organizations
value-page-done = { $progress } % done
## First steps of a new partnership
first-title = First steps
first-hint = { $taken } of { $of } taken
first-taken = (done)
