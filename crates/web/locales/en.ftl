# Words of the page frame and of the components. Text of a domain's own pages lives in that domain's crate.

## Dates and spans
format-date-long = { $day } { $month } { $year }
format-date-short = { $day } { $month }
format-date-short-year = { $day } { $month } { $year }
format-date-weekday = { $weekday } { $day } { $month }
format-date-weekday-year = { $weekday } { $day } { $month } { $year }
format-date-month = { $month } { $year }
format-date-time = { $date }, { $time }
format-period-week = week { $n } of { $year }
format-period-quarter = Q{ $n } { $year }
format-period-half-1 = first half of { $year }
format-period-half-2 = second half of { $year }
format-month-1 = January
format-month-2 = February
format-month-3 = March
format-month-4 = April
format-month-5 = May
format-month-6 = June
format-month-7 = July
format-month-8 = August
format-month-9 = September
format-month-10 = October
format-month-11 = November
format-month-12 = December
format-month-short-1 = Jan
format-month-short-2 = Feb
format-month-short-3 = Mar
format-month-short-4 = Apr
format-month-short-5 = May
format-month-short-6 = Jun
format-month-short-7 = Jul
format-month-short-8 = Aug
format-month-short-9 = Sep
format-month-short-10 = Oct
format-month-short-11 = Nov
format-month-short-12 = Dec
format-weekday-1 = Monday
format-weekday-2 = Tuesday
format-weekday-3 = Wednesday
format-weekday-4 = Thursday
format-weekday-5 = Friday
format-weekday-6 = Saturday
format-weekday-7 = Sunday
format-now = just now
format-today = today
format-tomorrow = tomorrow
format-yesterday = yesterday
format-ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
 }
format-in-minutes = { $n ->
    [one] in { $n } minute
   *[other] in { $n } minutes
 }
format-ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
 }
format-in-hours = { $n ->
    [one] in { $n } hour
   *[other] in { $n } hours
 }
format-ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
 }
format-in-days = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
 }
format-ago-months = { $n ->
    [one] { $n } month ago
   *[other] { $n } months ago
 }
format-in-months = { $n ->
    [one] in { $n } month
   *[other] in { $n } months
 }
format-ago-years = { $n ->
    [one] { $n } year ago
   *[other] { $n } years ago
 }
format-in-years = { $n ->
    [one] in { $n } year
   *[other] in { $n } years
 }
format-due = due { $when }
format-seconds = { $n } s
format-minutes = { $n } min
format-hours = { $n } h
format-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }

## Page frame
frame-skip = Skip to content
frame-navigation = Main
frame-more = More
frame-made-with = Made with Backbone
theme-label = Appearance
theme-system = As your device
theme-light = Light
theme-dark = Dark
frame-search = Search
frame-account = Your account
frame-sign-out = Sign out
frame-request = Request { $id }
frame-close = Close
frame-needs-you = { $n ->
    [one] { $n } needs you
   *[other] { $n } need you
 }

## Components
field-optional = optional
field-error = Error:
form-errors-title = { $n ->
    [one] One thing needs your attention
   *[other] { $n } things need your attention
 }
form-errors-kept = What you filled in is still here.
form-unsaved = You have changes that are not saved yet.
form-add-row = Add a row
form-remove-row = Remove this row
upload-choose = Choose a file
upload-drop = or drop it here
upload-chosen = Chosen:
status-good = Good
status-watch = Watch
status-bad = Off target
status-neutral = No judgement
status-stale = Out of date
pagination-label = Pages
pagination-newer = Newer
pagination-older = Older
pagination-range = { $from }–{ $to } of { $total }
breadcrumbs-label = Where you are
trace-title = Where does this come from?
example-link = See an example
copy-done = Copied
copy-link = Copy link
progress-eta = about { $left } left
progress-of = { $done } of { $total }
progress-failed = { $n ->
    [one] { $n } failed
   *[other] { $n } failed
 }
table-as-table = Show as table

## Error page
error-what-happened = What happened
error-what-kept = What was kept
error-what-next = What you can do
error-request = If you ask for help, mention this number: { $id }
error-home = Go to the home page

## Mail
mail-unsubscribe = Unsubscribe
mail-preferences = Choose what you receive
mail-view-online = Read it in the browser

## Problems: what happened, what was kept, what to do next

problem-not-found = Not found
problem-not-found-detail = There is nothing at this address, or it is not yours to see. Check the link, or go back to the home page.
problem-forbidden = Not allowed
problem-forbidden-detail = Your role in this partnership does not include this. Nothing was changed. Ask the backbone staff if you need it.
problem-unauthenticated = Please sign in
problem-unauthenticated-detail = You are not signed in, or your session has ended. Sign in and try again.
problem-cross-site = Refused
problem-cross-site-detail = This request did not come from one of our own pages. Nothing was changed. Open the page again and try once more.
problem-internal = Something went wrong on our side
problem-internal-detail = Nothing was changed. Try again; if it keeps happening, give the number below to your operator.
problem-unavailable = Just a moment
problem-unavailable-detail = The database cannot be reached or cannot write just now. Nothing was changed. Try again in a few seconds.
problem-disk-full = The server's disk is full
problem-disk-full-detail = Nothing was saved, and nothing that is there was harmed. Keep what you typed and try again when whoever runs the server has made room; what is there can be read meanwhile.
problem-outcome-unknown = We cannot tell whether this was saved
problem-outcome-unknown-detail = The database went away at the very moment of saving. Look whether it is there before you send it again. A program sends it again with the same Idempotency-Key: then it counts once.
problem-invalid = Please check what you entered
problem-invalid-detail = Nothing was saved yet. The fields that need attention say what is expected.
problem-too-large = Too large
problem-too-large-detail = What you sent is larger than this server accepts. Nothing was saved. Send less at once, or a smaller file.
problem-file-too-large = The file is too large
problem-file-too-large-detail = It may have at most { $limit } MB. Nothing of it was kept. Divide it into several files, or ask your operator for a higher limit.
problem-unreadable-body = Could not be read
problem-unreadable-body-detail = What was sent broke off or is not a form. Nothing was saved. Try again.
problem-invalid-json = Not valid JSON for this request
problem-invalid-json-detail = { $why }
problem-invalid-query = A parameter in the address is wrong
problem-invalid-query-detail = { $why }
problem-invalid-limit = The limit must be between 1 and 200
problem-invalid-cursor = The cursor was not made by this server
problem-invalid-cursor-detail = Give next_cursor back unchanged, or leave it out to begin at the start.
problem-invalid-if-match = If-Match must hold one version, such as "3"
problem-if-match-required = Say which version you are changing
problem-if-match-required-detail = Send the ETag of the object you read as If-Match, so that nobody's change is overwritten unseen.
problem-changed-meanwhile = Somebody changed this meanwhile
problem-changed-meanwhile-detail = Your change was not saved. Read it again, compare, and send your change with the new version.
problem-invalid-idempotency-key = The Idempotency-Key must have 1 to 200 characters
problem-idempotency-mismatch = This Idempotency-Key was used for another request
problem-idempotency-mismatch-detail = Nothing was changed. Use a new key for a new request.
problem-link-ended = This link has ended
problem-link-ended-detail = It ran out or was withdrawn. Ask the person who sent it for a new one.
problem-file-kind = This kind of file is not accepted
problem-file-kind-detail = “{ $name }” is empty or not a PDF, image (PNG, JPEG, GIF, WebP), Word or Excel document, CSV or text file. Nothing was saved.
problem-too-many-requests = Too many tries
problem-too-many-requests-detail = Wait a few minutes and try again.

field-required = This is needed.
field-too-long = At most { $max } characters.
field-control-characters = Contains characters that cannot be shown. Type it again rather than pasting it.
field-not-a-number = Not a number. Write it like 1234.5 or 1,234.50.
field-out-of-range = Must be between { $min } and { $max }.
field-too-many-decimals = At most { $max } digits after the point.
field-not-understood = Not understood. Choose one of the options, or write it as in the example.

frame-bell = Notifications
frame-bell-count = { $n ->
    [one] Notifications: { $n } unread
   *[other] Notifications: { $n } unread
 }
