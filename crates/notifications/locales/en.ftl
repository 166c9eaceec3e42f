notifications-title = Notifications
notifications-hint = What happened that concerns you
notifications-choose = Choose what you hear of
notifications-read-all = Mark all as read
notifications-all-read = Everything is marked as read.
notifications-tab-all = All
notifications-tab-unread = Unread
notifications-unread = Unread:
notifications-mark-read = Mark as read
notifications-mark-read-full = Mark as read: { $text }
notifications-mark-unread = Mark as unread
notifications-mark-unread-full = Mark as unread: { $text }
notifications-older = Older notifications
notifications-empty = When somebody names you, asks you something or waits for your vote, it stands here.
notifications-none-unread = You have read everything.
notifications-settings-title = What you hear of
notifications-settings-hint = Everything stands under the bell. Here you choose what is also mailed to you, and when.
notifications-what = By mail
notifications-what-hint = At once, together once a day or once a week, or not at all
notifications-when = When mail may come
notifications-when-hint = Leave the first two empty to get mail at any time
notifications-quiet-from = No mail from
notifications-quiet-until = until
notifications-summary-at = Summaries come at
notifications-summary-day = The weekly one on
notifications-zone = Your time zone
notifications-zone-hint = For example Europe/Amsterdam
notifications-save = Save
notifications-saved = Your choices are saved.
notifications-often-now = At once
notifications-often-daily = Once a day
notifications-often-weekly = Once a week
notifications-often-off = Not by mail
notifications-day-1 = Monday
notifications-day-2 = Tuesday
notifications-day-3 = Wednesday
notifications-day-4 = Thursday
notifications-day-5 = Friday
notifications-day-6 = Saturday
notifications-day-7 = Sunday
notifications-stop-title = Stop these mails
notifications-stop-kind = You get mail of { $partnership } about this: { $kind }. Should it stop? You still find it under the bell when you sign in.
notifications-stop-all = You get mail of { $partnership } about what concerns you. Should all of it stop? You still find it under the bell when you sign in.
notifications-stop-button = Stop these mails
notifications-stopped = You get no such mails any more.
notifications-stopped-text = What happens still stands under the bell.
notifications-stop-choose = Choose what you hear of and how often

calendar-title = Your calendar
calendar-hint = Votes, promises and figures that are due for you, in the calendar that you use anyway
calendar-address = Address for your calendar program
calendar-made = Copy this address into your calendar program as a calendar from the internet. It is shown only now. Whoever has it sees your dates.
calendar-since = Made on
calendar-used = Last read { $when }
calendar-make = Make an address
calendar-replace = Make a new address
calendar-end = End the address
calendar-ended = The address shows nothing any more.
calendar-feed-name = { $partnership }: due for you

notice-decision-mentioned = Somebody names you in a comment
notice-decision-replied = Somebody answers your comment
notice-decision-questioned = Somebody has a question, a concern or a change for your proposal
notice-ballot-opened = Your vote is asked
notice-ballot-closing = A vote closes soon and you have not voted
notice-decision-closed = The vote on your proposal was counted
notice-decision-decided = Something was decided in a body where you have a seat
notice-commitment-given = You are asked to see to a promise
notice-commitment-due = A promise of yours is due
notice-seat-passed = You take over a seat
notice-seat-vacant = A seat has nobody
notice-contribution-asked = You are asked to log what you gave
notice-contribution-queried = There is a question about what you gave
notice-contribution-verified = What you gave was verified
notice-contribution-answered = A partner answered your question
notice-measurement-queried = There is a question about a figure of yours
notice-measurement-verified = A figure of yours was verified
notice-measurement-answered = Your question about a figure was answered
notice-metric-due = A figure of yours is due
notice-question-received = A reader asks about a figure
notice-question-answered = Your question about a story was answered
notice-story-submitted = A story waits for approval
notice-story-names-you = A story names you or your organization
notice-person-joined = Somebody joined

mail-summary-subject = { $n ->
    [one] { $first }
   *[other] { $n } things that concern you
 }
mail-summary-preheader = { $first }
mail-summary-why = You get this because you are a member of { $partnership } and chose to hear of it by mail.
mail-summary-title = { $n ->
    [one] This concerns you
   *[other] { $n } things concern you
 }
mail-summary-more = { $n ->
    [one] and one more
   *[other] and { $n } more
 }
mail-summary-stop = No more mails about this
mail-summary-button = See everything

field-notification-kind = This kind of notification is not known.
field-time-of-day = Not a time of day. Write it like 08:30.
