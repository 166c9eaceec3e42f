organizations-nav = Partners

settings-nav = Settings

role-staff = Backbone staff
role-staff-hint = Coordinates: sees everything that needs attention, verifies, writes stories.
role-admin = Administrator
role-admin-hint = Manages people and settings.
role-contributor = Contributor
role-contributor-hint = Logs contributions and measurements for an organization.
role-leader = Leader
role-leader-hint = Commits to goals and signs off.
role-funder = Funder
role-funder-hint = Receives stories and can open their evidence.
role-community = Community
role-community-hint = Speaks for the people concerned.
role-read-only = Reader
role-read-only-hint = Sees what members see, changes nothing.

sector-public = Public
sector-private = Private
sector-civil = Civil

organization-role-backbone = Backbone
organization-role-backbone-hint = Coordinates the partnership.
organization-role-partner = Partner
organization-role-partner-hint = Takes part: gives time, talent or treasure.
organization-role-funder = Funder
organization-role-funder-hint = Gives means and receives stories.
organization-role-community = Community
organization-role-community-hint = Speaks for the people concerned.

sign-in-title = Sign in
sign-in-email = Email address
sign-in-password = Password
sign-in-button = Sign in
sign-in-link-button = Email me a sign-in link
sign-in-link-hint = No password? Fill in your address and choose the link: it signs you in with one tap.
sign-in-confirm-title = Welcome back, { $name }
sign-in-confirm-text = One tap and you are in.
sign-out-done = You are signed out.

link-sent-title = Check your mail
link-sent-text = If { $email } belongs to an account, a link is on its way. It works once, for 20 minutes.
link-sent-hint = Nothing after a few minutes? Look in the spam folder, or check the address.
link-sent-back = Back to sign in

password-forgot-title = Forgot your password?
password-forgot-text = We mail you a link to choose a new one.
password-forgot-button = Email me a link
password-reset-title = Choose a new password
password-reset-text = { $name }, after this you are signed out everywhere else.
password-reset-button = Save and sign in
password-new = New password
password-old = Current password
password-hint = At least 10 characters. A few unrelated words work well.

account-title = Your account
account-partnerships = Your partnerships
account-profile = You
account-name = Your name
account-language = Language
account-save = Save
account-saved = Saved.
account-password = Password
account-password-hint = Changing it signs you out everywhere else, programs included.
account-password-change = Change password
account-password-set = Set password
account-password-saved = Your password is saved. You are signed out everywhere else.
account-sessions = Where you are signed in
account-everywhere = Sign out everywhere
account-device-unknown = Unknown device
account-session-current = This device
account-session-seen = Last used { $when }
account-session-end = End
account-session-end-full = End the session on { $device }
account-session-ended = The session has ended.
account-data = Your data
account-data-hint = Everything that this server keeps about you, as a file.
account-data-download = Download
account-erase = Erase your account
account-erase-hint = Your name and address are removed for good. What you logged stays with your organization.
account-erase-email = Type your address to confirm
account-erase-button = Erase my account
account-erased = Your account is erased.

choose-title = Choose a partnership
choose-none = You do not belong to a partnership at the moment. Ask the backbone staff for an invitation.
choose-new = New partnership

setup-title = Set up Backbone
setup-waiting-text = Nothing is set up yet.
setup-waiting-hint = The server printed a one-time link when it started. Open that link to begin.
setup-step = Step { $step } of { $of }
setup-text = Who are you? You will operate this server.
setup-next-partnership = Next: your partnership
setup-partnership-title = Your partnership
setup-partnership-hint = All of this can be changed later.
setup-next-organization = Next: your organization
setup-organization-title = Your own organization
setup-organization-hint = The backbone organization: the small team that coordinates.
setup-finish = Finish
setup-later = Later
setup-done = Your partnership is ready. Invite your first partners.

settings-title = Settings
settings-name = Name of the partnership
settings-purpose = Purpose
settings-purpose-hint = Why you exist, in a sentence or two. It leads every newsletter and invitation.
settings-language = Language
settings-language-hint = For mail to people who have not chosen their own.
settings-currency = Currency
settings-time-zone = Time zone
settings-fiscal-year = The fiscal year begins in
settings-accent = Accent colour
settings-accent-hint = Of the main buttons and links. Dark enough to carry white text; dark pages show it lighter.
settings-logo = Logo
settings-logo-hint = PNG, JPEG, WebP or GIF, best square.
settings-logo-now = The present logo
settings-small-cell = Smallest count shown outside
settings-small-cell-hint = Counts of people below this are never shown to the public, so that nobody can be recognized.
settings-save = Save settings
settings-saved = Settings saved.

api-keys-title = API keys
api-keys-hint = For programs that act by themselves, with your own rights in this partnership.
api-keys-new = New key
api-keys-name = Name
api-keys-name-hint = What it is for, such as "Monthly import".
api-keys-scope = May
api-keys-read = Read
api-keys-write = Read and write
api-keys-days = Days it lasts
api-keys-make = Make key
api-keys-made = Your key is ready.
api-keys-made-text = Copy it now: it is shown this once.
api-keys-secret = API key
api-keys-used = Last used
api-keys-never = never
api-keys-revoke = Revoke
api-keys-revoke-full = Revoke the key { $name }
api-keys-revoked = The key no longer works.
api-keys-revoked-on = Revoked { $day }
api-keys-empty = No keys yet. A key lets a program read or log in your name.

organizations-title = Organizations
organizations-count = { $n ->
    [one] { $n } organization takes part
   *[other] { $n } organizations take part
 }
organizations-add = Add organization
organizations-edit = Edit organization
organizations-save = Save organization
organizations-name = Name
organizations-role = Role
organizations-sector = Sector
organizations-website = Website
organizations-website-example = example.org
organizations-public = Outside the partnership
organizations-named = Named
organizations-counted = Counted, not named
organizations-public-check = May be named in public
organizations-public-hint = In stories and their evidence. Otherwise it appears as "a partner organization".
organizations-a-partner = a partner organization
organizations-empty = The independent organizations that work on your purpose belong here. Add the first one.
organizations-former = No longer taking part
organizations-left = This organization no longer takes part. Its history stays.
organizations-since = Takes part since
organizations-no-people = Nobody acts for this organization yet.
organizations-deactivate = No longer takes part
organizations-reactivate = Takes part again
organizations-added = Organization added.
organizations-saved = Organization saved.
organizations-deactivated = It no longer takes part. You can undo this here.
organizations-reactivated = It takes part again.
organizations-export-csv = Download as CSV
organizations-export-json = Download as JSON

people-title = People
people-count = { $n ->
    [one] { $n } member
   *[other] { $n } members
 }
people-name = Name
people-organization = Organization
people-no-organization = No organization
people-roles = Roles
people-status = Status
people-actions = Actions
people-left = No longer taking part
people-left-notice = This person no longer takes part. What they did stays.
people-a-person = a member
people-invite = Invite people
people-invitations = Invitations
people-invite-title = Invite people
people-invite-hint = Each gets a mail with a link that lasts 14 days.
people-invite-lines = Whom?
people-invite-lines-hint = One person a line: sam@example.org, or Sam Okafor <sam@example.org>.
people-invite-button = Send invitations
people-invited = The invitations are on their way.
people-invitee = Invited
people-resend = Send again
people-resend-full = Send again: the invitation to { $email }
people-revoke = Take back
people-revoke-full = Take back the invitation to { $email }
people-invitation-revoked = The invitation is taken back; its link no longer works.
people-member-title = Member
people-place = Place in the partnership
people-save = Save
people-saved = Saved.
people-end = No longer takes part
people-resume = Takes part again
people-account = Account
people-account-hint = Closing ends every session, key and link at once. Erasing also removes name and address for good.
people-close = Close account
people-erase = Erase personal data
people-closed = The account is closed.
people-erased = The personal data is erased.

invitation-open = Sent
invitation-accepted = Accepted
invitation-revoked = Taken back
invitation-expired = Expired
invitation-title = Invitation
invitation-heading = Join { $partnership }
invitation-from = { $inviter } invites you.
invitation-from-nobody = You are invited.
invitation-known = You already have an account as { $name }. One tap and you take part here too.
invitation-password-hint = You can skip this: we mail you a sign-in link whenever you need one.
invitation-accept = Join

mail-link-not-you = You did not ask for this? Then do nothing: nobody gets in without the link.
mail-sign-in-link-subject = Your sign-in link
mail-sign-in-link-preheader = It works once, for { $minutes } minutes.
mail-sign-in-link-why = You get this mail because somebody typed your address into the sign-in form.
mail-sign-in-link-heading = Sign in
mail-sign-in-link-text = Hello { $person }, this link signs you in. It works once, for { $minutes } minutes.
mail-sign-in-link-button = Sign in
mail-password-reset-subject = Choose a new password
mail-password-reset-preheader = The link works once, for { $minutes } minutes.
mail-password-reset-why = You get this mail because somebody asked for a new password for your address.
mail-password-reset-heading = A new password
mail-password-reset-text = Hello { $person }, with this link you choose a new password. It works once, for { $minutes } minutes.
mail-password-reset-button = Choose a password
mail-invitation-subject = { $inviter } invites you to { $partnership }
mail-invitation-preheader = One tap, and you take part.
mail-invitation-why = You get this mail because { $inviter } of { $partnership } invited you. Do nothing if you do not want to take part.
mail-invitation-text = { $inviter } invites you to take part in { $partnership }:
mail-invitation-organization = You act for { $organization }.
mail-invitation-button = See the invitation
mail-invitation-until = The link works until { $day }.

problem-sign-in-wrong = Address and password do not match
problem-sign-in-wrong-detail = Check both, or ask for a sign-in link by mail.
problem-refresh-refused = Sign in again
problem-refresh-refused-detail = This refresh token was used, has run out or was revoked. Ask for new tokens with address and password.
problem-last-admin = { $partnership } would have no administrator
problem-last-admin-detail = Nothing was changed. Make somebody else administrator of { $partnership } first.
problem-person-elsewhere = This account belongs to more than this partnership
problem-person-elsewhere-detail = Nothing was changed. End the membership here instead; the account can be closed by its owner or the operator.
problem-invitation-ended = This invitation was accepted or taken back
problem-invitation-ended-detail = Nothing was changed. Invite the person again if they should take part.
problem-already-member = { $name } takes part already
problem-setup-done = This server is set up already
problem-setup-done-detail = The set-up link works once. Sign in, or ask your operator for a sign-in link.

field-sign-in-wrong = Address and password do not match. Try again, or ask for a sign-in link.
field-email = Not an email address. Write it like name@example.org.
field-password-short = At least { $min } characters.
field-password-common = One of the first passwords that are tried. Choose a few unrelated words.
field-password-pattern = Rows of keys and repeats are easy to guess. Choose a few unrelated words.
field-password-date = Years and dates are easy to guess. Add a few unrelated words.
field-password-word = One word or name is easy to guess. Add two or three unrelated ones.
field-password-personal = Contains your name or address, which is easy to guess. Choose other words.
field-password-guessable = Too easy to guess. Make it longer: a few unrelated words.
field-password-wrong = This is not your current password.
field-erase-email = This is not the address of your account.
field-accent-format = Write the colour like #0b5fcc.
field-accent-contrast = Too pale: white text on it has a contrast of { $ratio }, and 4.5 is needed. Choose a darker colour.
field-time-zone = Not a known time zone. Write it like Europe/Amsterdam.
field-logo-image = The logo must be an uploaded image.
field-name-taken = Another organization has this name.
field-website = Not a web address. Write it like example.org.
field-roles-none = Choose at least one role.
field-organization-unknown = This organization does not take part. Choose another.
field-organization-needed = Contributors act for an organization. Choose one.
field-people-line = Line { $line } holds no email address: “{ $text }”. Nobody was invited yet.
field-people-many = At most { $max } people at once.

## Another address
account-email = Email address
account-email-hint = Mail goes to it, and you sign in with it. It changes once you confirm the link that we send to the new one.
account-email-new = New address
account-email-change = Send the link
account-email-asked = If the address can be used, a link is on its way to it. Until you confirm it, nothing changes.
account-email-changed = Your address is changed.
account-email-confirm-title = Use this address from now on?
account-email-confirm-text = Your account will be reached at { $email }.
account-email-confirm-button = Use this address
field-email-same = That is your address already.
mail-email-change-subject = Confirm your new address
mail-email-change-preheader = One tap, and mail reaches you here.
mail-email-change-why = You get this because somebody signed in to { $partnership } asked to be reached at this address. Do nothing if it was not you.
mail-email-change-text = { $person }, confirm that mail should reach you at this address from now on.
mail-email-change-until = The link works for { $n ->
        [one] one minute
       *[other] { $n } minutes
    }.
mail-email-changed-subject = Your address was changed
mail-email-changed-preheader = Mail now goes to another address.
mail-email-changed-why = You get this because your account was reached at this address until now.
mail-email-changed-heading = Your address was changed
mail-email-changed-text = { $person }, your account is now reached at another address. If it was not you, ask whoever runs this server at once.

## All accounts, for the operator
accounts-title = All accounts
accounts-hint = Everybody who can sign in to this server. You see this page because you operate it.
accounts-open = See all accounts
accounts-search = Name or address
accounts-find = Find
accounts-partnerships = Takes part in
accounts-seen = Last here
accounts-not-seen = Not signed in
accounts-access = Access
accounts-operator = Operator
accounts-active = May sign in
accounts-inactive = Deactivated
accounts-sign-out = Sign out everywhere
accounts-sign-out-full = Sign out everywhere: { $name }
accounts-deactivate = Deactivate
accounts-deactivate-full = Deactivate: { $name }
accounts-reactivate = Let in again
accounts-reactivate-full = Let in again: { $name }
accounts-deactivated = Deactivated: every session, key and link has ended. You can let them in again.
accounts-reactivated = They may sign in again.
accounts-signed-out = Signed out everywhere.
accounts-none = Nobody fits.
problem-accounts-operator = An operator cannot be deactivated here
problem-accounts-operator-detail = Nothing was changed. Somebody has to be able to run the server.

## On the home page
people-needs-answer = { $name } has not answered the invitation
people-needs-answer-detail = Sent to { $email }.
people-needs-look = See invitations
people-needs-again = Send again
field-date = This is not a date, such as 2026-11-23.
field-snooze-until = Choose a day from tomorrow on, three months ahead at most.

people-notice-joined = { $name } joined

sign-in-kept = Your session has ended. Nothing is lost.
sign-in-kept-text = What you typed is kept for an hour. Sign in, also by a link in your mail, and send it.
## Links in mail that work without a password
account-links = Links in your mail
account-links-hint = Each does one thing without a password, until its day. End one that went to the wrong place.
account-link-log-contribution = Log a contribution
account-link-report-measurement = Report a figure
account-link-report-commitment = Say how a commitment goes
account-link-read-story = Read a story
account-link-until = Sent on { $made }, works until { $until }
account-link-end = End
account-link-end-full = End the link “{ $what }” of { $made }
account-link-ended = The link has ended. Whoever opens it sees that.
link-upgrade = Open everything as { $name }
link-upgrade-hint = This page needs no password. One tap signs you in on this device for the rest.
## First steps of a new partnership
first-partnership = Say who you are
first-partnership-why = Purpose, logo and colour stand on every page and in every mail.
first-organizations = Add the organizations that take part
first-organizations-why = Partners, funders and the community: each with its role and sector.
first-people = Invite people
first-people-why = They come in by a link in a mail, without a password.

## What happened, further
event-file-uploaded = added a file
event-person-email-changed = changed their email address
