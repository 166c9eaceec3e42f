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
