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


## Pages
communications-campaigns = Campaigns
communications-campaigns-hint = What left by mail, to whom, and what became of it.
communications-campaigns-empty = Here you see each story that you send by mail, and who received it. Publish a story first, then send it.
communications-new = Send a story
communications-new-hint = Choose a published story. Nothing leaves before you have seen it and confirmed.
communications-no-stories = No story is published yet. Publish one, then you can send it from here.
communications-story = Story
communications-choose = Choose
communications-draft-it = Prepare the mail
communications-drafted = The draft is ready. Choose who receives it.
communications-draft-title = Prepare the mail
communications-look-and-send = { $n ->
    [0] Look at it
    [one] Look at it and send to one reader
   *[other] Look at it and send to { $n } readers
 }
communications-changes = What changed
communications-words = Words
communications-subject = Subject
communications-reason = Why it changed
communications-reason-hint = One or two plain sentences. Readers see them beneath the figures.
communications-note = A note from you
communications-note-hint = Two or three sentences on top of the story. An empty line begins a new paragraph.
communications-note-author = Who writes the note
communications-sender = Sender's name
communications-sender-hint = What readers see in their inbox.
communications-reply-to = Answers go to
communications-rate = Messages a minute at most
communications-rate-hint = 0 is without limit.
communications-save = Save
communications-saved = Saved.
communications-recipients = Recipients
communications-recipients-count = { $n ->
    [one] one reader
   *[other] { $n } readers
 }
communications-recipients-empty = Nobody is chosen yet. Add members by role, one person, or an address.
communications-recipients-added = Added. Who was chosen already is listed once.
communications-recipients-removed = All recipients were taken out.
communications-recipient-removed = The recipient was taken out.
communications-more = { $n ->
    [one] and one more
   *[other] and { $n } more
 }
communications-clear = Take all out
communications-name = Name
communications-language = Language
communications-email = Address
communications-organization = Organization
communications-remove = Remove
communications-remove-one = Remove { $name }
communications-checks = Before it leaves
communications-add-members = Add members
communications-add-person = Add one person
communications-add-address = Add an address
communications-person = Person
communications-roles = Members who are
communications-all-contacts = { $n ->
    [one] The one contact
   *[other] All { $n } contacts
 }
communications-add = Add
communications-end = Not needed any more?
communications-discard = Discard this draft
communications-role-staff = Staff
communications-role-admin = Administrators
communications-role-contributor = Contributors
communications-role-leader = Leaders
communications-role-funder = Funders
communications-role-community = Community
communications-role-read-only = Readers
communications-basis = Why you may write to them
communications-basis-note = When and how, or which agreement
communications-basis-consent = They agreed
communications-basis-contract = An agreement asks for it
communications-basis-legitimate-interest = Legitimate interest
communications-confirm-title = { $n ->
    [one] Send to one reader?
   *[other] Send to { $n } readers?
 }
communications-confirm-hint = “{ $subject }”, from { $sender }
communications-back-to-draft = Back to the draft
communications-blocked = It cannot leave yet.
communications-blocked-next = Nothing was sent. Put right what is listed above, then come back.
communications-send-to = { $n ->
    [one] Send to one reader
   *[other] Send to { $n } readers
 }
communications-test = Send a test to me
communications-test-sent = The test is on its way to your own address.
communications-preview-en = Preview in English
communications-preview-phone = Preview in Dutch, on a phone
communications-preview-text = Read the plain text
communications-state = State
communications-state-draft = Draft
communications-state-queued = About to leave
communications-state-sending = Sending
communications-state-paused = Held
communications-state-done = Sent
communications-state-cancelled = Ended
communications-waits = Waiting for the mail server
communications-kind-story = Story
communications-kind-correction = Correction
communications-accepted = Accepted
communications-failed = Failed
communications-when = When
communications-refresh = Refresh
communications-retry = Try again
communications-retry-all = Try all again now
communications-retried = Tried again at once.
communications-pause = Hold
communications-paused = Held. What is in flight still arrives.
communications-resume = Go on
communications-resumed = Going on.
communications-cancel = Stop sending…
communications-cancelled = Ended. What had not left never will.
communications-queued = On its way.
communications-sent-by = by { $name }
communications-waiting-title = The mail server cannot be used just now.
communications-waiting-text = Nothing is lost: everything that has not left is kept and tried again.
communications-next-try = Next try
communications-progress = Recipients dealt with
communications-per-minute = Accepted in the last minute
communications-filter = Which recipients
communications-all = All
communications-server-said = The mail server said
communications-delivery-pending = Waiting
communications-delivery-claimed = In flight
communications-delivery-accepted = Accepted
communications-delivery-retry = To be tried again
communications-delivery-failed = Failed
communications-delivery-suppressed = Not written to
communications-delivery-cancelled = Ended before it left

## Contacts
communications-contacts = Contacts
communications-contacts-hint = People outside of the partnership whom you may write to, and why.
communications-contacts-empty = Add those who should get your stories without having an account, with the reason why you may write to them.
communications-contacts-added = The contacts are saved.
communications-contact-removed = The contact was removed. What was sent to them stays on record.
communications-add-contact = Add contacts
communications-csv = Download as CSV
communications-lines = Or paste several
communications-lines-hint = One a line: address; name; language; organization. When filled in, the fields above do not count.

## Suppressions
communications-suppressions = Not written to
communications-suppressions-hint = Addresses that get no mail from you: people who left, and mailboxes that do not exist.
communications-suppressions-empty = Nobody has left, and no address is known to be dead.
communications-suppress = Add an address
communications-suppress-it = Do not write to it
communications-suppression-added = It gets no mail from now on.
communications-suppression-removed = It may be written to again.
communications-release = Write again
communications-why = Why
communications-since = Since
communications-reason-unsubscribed = Unsubscribed
communications-reason-bounced = The address does not exist
communications-reason-complained = Reported as unwanted
communications-reason-manual = Added by staff

## Leaving
communications-leave-title = Unsubscribe
communications-leave-ask = { $partnership } writes to { $address }. Shall it stop?
communications-leave-button = Yes, stop writing to me
communications-left = { $partnership } does not write to { $address } any more.
communications-come-back = That was a mistake: write to me again

## Attention
communications-needs-correction = A correction of “{ $subject }” waits to be sent
communications-needs-correction-detail = A figure changed after it was sent. The notice is drafted; say why it changed, and send it.
communications-needs-look = Look at it
communications-needs-server = “{ $subject }” waits for the mail server
communications-correction-subject = Correction: { $headline }

## Problems
problem-campaign-step = This is not possible any more
problem-campaign-step-detail = The campaign is in the state “{ $state }”. Nothing was changed. Load the page again to see where it stands.
problem-campaign-not-published = This story is not published
problem-campaign-not-published-detail = Nothing was made. Publish the story first.
problem-campaign-blocked = It cannot leave yet
problem-campaign-blocked-detail = Nothing was sent. The list says what to put right.
problem-campaign-message = It cannot be made into a mail
problem-campaign-message-detail = Nothing was sent. { $why }
problem-campaign-no-address = There is no address to send the test to
problem-campaign-no-address-detail = Tests go to the address of the person who asks. Sign in as a member of this partnership.
problem-campaign-test-refused = The mail server did not take the test
problem-campaign-test-refused-detail = It said: { $why }. The draft is kept. Ask your operator if this stays so.
field-contact-address = This is not a mail address. Write it like name@example.org.
field-contact-known = Another contact has this address.
field-contact-line = Line { $line } cannot be read. Write it as: address; name; language; organization.
field-contact-too-many = At most { $max } lines at once.
field-campaign-nobody = Nobody is chosen yet.
field-campaign-no-note = There is no personal note. Stories with one are read more often.
field-campaign-no-reason = Say why the figure changed.
field-campaign-withdrawn = The story is not published any more.
field-campaign-older-edition = A newer edition of the story is out. Discard this draft and prepare a new one.
field-campaign-no-link = The public link of the story was revoked.
field-campaign-figure-changed = “{ $subject }” changed since the story was published. Publish a new edition first.

# What a reader received
received-nav = Received
received-title = What you received
received-hint = Stories from { $partnership }, what changed in them since, and what you asked.
received-empty = Stories that are sent to you stand here, each with what changed since and the way to its sources.
received-on = Received on
received-corrected = You were told about the change on
received-withdrawn = This story was taken back.
received-superseded = A newer edition of this story is out.
received-changed = { $n ->
    [one] One figure reads differently now.
   *[other] { $n } figures read differently now.
 }
received-now = now { $now }
received-questions = Your questions
received-no-questions = You have not asked anything yet. Tap a figure to see where it comes from; there you can ask.
received-personal = This page is for { $name }: do not pass its address on.
received-until = It opens until
received-end = End my links
received-links = End links
received-links-ended = The personal links in mail to this recipient do not open any more.
received-mail-link = Everything we sent you, what changed since, and your questions
event-reader-link-ended = ended a reader’s links
problem-reader-link-ended = This link has ended
problem-reader-link-ended-detail = Personal links hold for half a year and can be ended earlier. The newest mail from the partnership has one that opens.
communications-cancel-title = Stop sending?
communications-cancel-text = { $sent } of { $total } have it; { $left ->
    [one] the last one will not be sent
   *[other] the other { $left } will not be sent
 }. This cannot be undone.
communications-cancel-keep = Keep sending
communications-cancel-yes = { $left ->
    [one] Do not send the last one
   *[other] Do not send the other { $left }
 }
communications-worst = As the worst mail program shows it
communications-worst-title = The worst that a reader may see
communications-worst-hint = Pictures blocked, no styles, a dark screen, a narrow phone. What counts must still be there.
communications-worst-images = Pictures off
communications-worst-dark = Dark and narrow
communications-worst-plain = Plain text
communications-worst-phone = Narrow phone
communications-size = { $kb } KB of 102
communications-size-label = Size
field-campaign-too-long = The mail is { $subject } KB. Some programs cut off mail over 102 KB and hide the end with the way to unsubscribe: take out text, a picture or figures.
field-campaign-picture-mute = A picture in this mail has no words for those who do not see it ({ $subject }).
received-edition = edition { $n }
received-bundle = Check it yourself (bundle)
received-about = About
received-waits = Waits for an answer
received-aside = Will not be answered
## On the home page: what needs somebody, and what happened
communications-needs-server-detail = The mail server says: { $reason }
communications-needs-failed = { $n ->
    [one] One letter of “{ $subject }” did not arrive
   *[other] { $n } letters of “{ $subject }” did not arrive
 }
communications-needs-failed-detail = The mail server refused them. Look at the addresses, or try again.
communications-needs-retry = Try again
communications-needs-heard-partners = Partners last heard of the purpose { $days ->
    [one] one day ago
   *[other] { $days } days ago
 }
communications-needs-heard-leaders = Leaders last heard of the purpose { $days ->
    [one] one day ago
   *[other] { $days } days ago
 }
communications-needs-heard-funders = Funders last heard of the purpose { $days ->
    [one] one day ago
   *[other] { $days } days ago
 }
communications-needs-never-partners = Partners have not heard of the purpose yet
communications-needs-never-leaders = Leaders have not heard of the purpose yet
communications-needs-never-funders = Funders have not heard of the purpose yet
communications-needs-heard-detail = { $n ->
    [one] One reader. Five weeks without a word are too long.
   *[other] { $n } readers. Five weeks without a word are too long.
 }
communications-needs-write = Draft a mailing
communications-told-drafted = { $by } drafted “{ $subject }”
communications-told-queued = { $by } sent “{ $subject }” on its way
communications-told-sent = “{ $subject }” reached { $n ->
    [one] one reader
   *[other] { $n } readers
 }

## First steps of a new partnership
first-sending = Send it to your funders
first-sending-why = A mail with a personal greeting and a chart, and you see what arrived.
