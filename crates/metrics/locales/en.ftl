# Words of the scorecard, its metrics and their measurements.

metrics-nav = Scorecard

## The four perspectives that a partnership begins with
metrics-perspective-people = People we serve
metrics-perspective-partners = Partners
metrics-perspective-work = How we work
metrics-perspective-learning = Learning and means

## Problems
problem-metrics-budget-used = { $scorecard } holds { $budget } metrics already
problem-metrics-budget-used-detail = Nothing was changed. A scorecard keeps its force by staying short: retire one metric, or let the new one take its place in the same step.
problem-metrics-budget-too-small = { $used } metrics are on this scorecard
problem-metrics-budget-too-small-detail = The budget was not changed. Take metrics off the scorecard first.
problem-metrics-on-scorecard = This metric is on the scorecard already
problem-metrics-retired = This metric is retired
problem-metrics-retired-detail = Nothing was changed. Take it back into use first.
problem-metrics-already-measured = This was measured already
problem-metrics-already-measured-detail = Nothing was saved. There is a measurement for the same metric, organization and period: correct that one, so that its history stays whole. Its id is { $id }.
problem-metrics-withdrawn = This measurement was withdrawn
problem-metrics-withdrawn-detail = Nothing was changed. Report it again instead.
problem-metrics-may-not-measure = Others report this metric
problem-metrics-may-not-measure-detail = Nothing was saved. You can report for your own organization where a metric allows it. Ask the backbone staff if you need more.
problem-metrics-perspective-in-use = Metrics or objectives stand under this perspective
problem-metrics-perspective-in-use-detail = Nothing was removed. Move them to another perspective first.
problem-metrics-rows-refused = { $n ->
    [one] One row was refused
   *[other] { $n } rows were refused
 }
problem-metrics-rows-refused-detail = Nothing was saved. Put the rows right and send all of them again, or ask for the good rows alone with partial.
problem-metrics-bulk-size = Send 1 to { $max } rows at once

field-metrics-name-taken = Something with this name is there already. Choose another name.
field-metrics-unit-currency = For money the unit is a currency code, such as EUR.
field-metrics-range-missing = Give at least one bound of the good range.
field-metrics-range-order = Must be larger than the lower bound.
field-metrics-targets-twice = Two targets end on the same day. Keep one of them.
field-metrics-targets-before-baseline = Targets must lie after the baseline.
field-metrics-level-range = Where a range is good, give distances, not levels.
field-metrics-threshold-order = “Watch” must begin behind “on target”.
field-metrics-objective-elsewhere = This objective belongs to another perspective.
field-metrics-retired = This metric is retired; it takes no new measurements.
field-metrics-metric-unknown = There is no such metric in this partnership.
field-metrics-organization-unknown = There is no such organization in this partnership.
field-metrics-may-not-measure = You may not report this metric for this organization.
field-metrics-already-measured = This was measured already. Correct that measurement instead.
field-metrics-period = Not a period. Write it like 2026, 2026-Q3, 2026-10, 2025/26 or October 2026.
field-metrics-dimensions-large = At most 12 dimensions, with short names.
field-metrics-dimension-unknown = “{ $name }” is not a dimension of this metric. It has: { $allowed }.
field-metrics-evidence-url = An address begins with https:// or http://.
field-metrics-value-and-marker = Give a value, or say that there is none, not both.
field-metrics-denominator-zero = Must be larger than zero.
field-metrics-both-parts = Give both numbers: so many of so many.
field-metrics-parts-disagree = The value does not agree with the two numbers. Leave it out to have it calculated.
field-metrics-order-other = Name the same metrics, each once, in the order you want.

## Figures in words
metrics-of = { $n } of { $of }
metrics-no-data = No figure
metrics-fewer-than = fewer than { $n }
metrics-a-partner = A partner
metrics-figure-of = { $metric }, { $period }
metrics-reported-by = { $whose }, { $period }
metrics-verified-all = All verified
metrics-verified-not-all = Not all verified
metrics-marker-suppressed = Withheld: few people
metrics-marker-missing = No value
metrics-measurement-reported = Reported
metrics-measurement-verified = Verified
metrics-measurement-queried = Queried
metrics-measurement-withdrawn = Withdrawn
metrics-fact-meaning = What it means
metrics-fact-latest = Latest
metrics-fact-source = Source
metrics-fact-owner = Owner
metrics-fact-measurements = Measurements
metrics-fact-verified = Verified
metrics-fact-organization = Organization
metrics-fact-status = Status
metrics-fact-reported-by = Reported by
metrics-fact-evidence = Evidence
metrics-fact-note = Note

## The scorecard
metrics-summary = { $used } of { $budget } metrics in use · { $on_target } on target · { $fresh } % fresh · dashed line is the target
metrics-empty = The scorecard holds the few figures that say whether the partnership gets where it wants to be. Define the first metric, then report it.
metrics-choose = Choose metrics
metrics-define = Define a metric
metrics-edit = Edit
metrics-metric = Metric
metrics-latest = Latest
metrics-last-periods = Last 12 periods
metrics-status = Status
metrics-owner = Owner
metrics-updated = Updated
metrics-standing-on-target = On target
metrics-standing-watch = Watch
metrics-standing-off = Off target
metrics-standing-no-data = No figure yet
metrics-standing-no-target = No target
metrics-attained = { $share } of the target
metrics-trend-nothing = Nothing measured yet
metrics-trend-unknown = Too early to say
metrics-trend-unsure = No change we can be sure of
metrics-trend-within = Within the good range
metrics-trend-better = Getting better, { $run }
metrics-trend-worse = Getting worse, { $run }
metrics-down-is-good = { $text } (down is good)
metrics-run-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
 }
metrics-run-quarters = { $n ->
    [one] { $n } quarter
   *[other] { $n } quarters
 }
metrics-run-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
 }
metrics-run-school-years = { $n ->
    [one] { $n } school year
   *[other] { $n } school years
 }
metrics-run-periods = { $n ->
    [one] { $n } period
   *[other] { $n } periods
 }
metrics-spark = From { $from } in { $start } to { $to } in { $end }.
metrics-period = Period
metrics-value = Value
metrics-target = Target
metrics-baseline = Baseline

## Choosing what stands on it
metrics-manage-title = Choose metrics
metrics-manage-hint = { $used } of { $budget } in use. Few metrics are talked about; many are only looked at.
metrics-on-card = On the scorecard, in this order
metrics-card-empty = Nothing stands on the scorecard yet.
metrics-up = Up
metrics-up-full = Move { $name } up
metrics-down = Down
metrics-down-full = Move { $name } down
metrics-take-off = Take off
metrics-take-off-full = Take off: { $name }
metrics-add-title = Put a metric on
metrics-full = The budget of { $budget } is used up: choose which metric makes room.
metrics-instead-of = In the place of
metrics-choose-one = Choose one
metrics-retire-it = Retire that metric, too
metrics-put-on = Put on the scorecard
metrics-nothing-to-add = All metrics in use are on the scorecard.
metrics-budget = Budget
metrics-budget-label = Metrics at most
metrics-budget-hint = Ten fit into one meeting.
metrics-save-budget = Save the budget
metrics-retired-ones = Retired metrics
metrics-flash-added = It is on the scorecard.
metrics-flash-removed = It is off the scorecard; its measurements stay.
metrics-flash-moved = Moved.
metrics-flash-budget = The budget is saved.

## A metric's page
metrics-report = Report a measurement
metrics-report-it = Report it
metrics-is-retired = This metric is retired. Its measurements stay; no new ones are asked for.
metrics-over-time = Over time
metrics-as-table = Show as table
metrics-chart = { $name } over time, with its target dashed.
metrics-not-from-zero = The axis does not start at zero.
metrics-measurements = Measurements
metrics-no-measurements = Nothing was measured yet. The first measurement gives the line its start.
metrics-corrected = Version { $n }
metrics-review = Check
metrics-verify = Verify
metrics-verify-full = Verify { $whose }, { $period }
metrics-correct = Correct
metrics-correct-full = Correct { $whose }, { $period }
metrics-correct-title = Correct a measurement
metrics-correct-hint = { $whose }, { $period }. What stood there before stays in its history.
metrics-correct-why = Why is it corrected?
metrics-correct-why-hint = Kept as its note, such as “Two schools were counted twice.”
metrics-correct-save = Save the correction
metrics-correct-back = Back
metrics-whose = Whose figure
metrics-whole = The partnership as a whole
metrics-definition = Definition
metrics-retire = Retire
metrics-revive = Take back into use
metrics-used-in = On the scorecard
metrics-yes = Yes
metrics-no = No
metrics-percent-sign = %
metrics-flash-defined = The metric is defined.
metrics-flash-saved = Saved.
metrics-flash-reported = Thank you, it is reported.
metrics-flash-verified = Verified.
metrics-flash-corrected = Corrected. It is to be verified again.

## Its form
metrics-save = Save metric
metrics-f-name = Name
metrics-f-perspective = Perspective
metrics-f-kind = Kind of number
metrics-f-unit = Unit
metrics-f-unit-hint = Such as children or hours; for money a currency, such as EUR.
metrics-f-decimals = Digits after the point
metrics-f-direction = What is good
metrics-f-range-low = Good from
metrics-f-range-high = Good up to
metrics-f-baseline-period = Baseline: period
metrics-f-baseline-value = Baseline: value
metrics-f-period-hint = Such as 2026, Q3 2026, October 2026 or 2025/26.
metrics-f-target-period = Target: period
metrics-f-target-value = Target: value
metrics-f-threshold-on = On target up to this far behind
metrics-f-threshold-watch = Watch up to this far behind
metrics-f-threshold-hint = In percent of the path, unless the metric was given levels or distances.
metrics-f-frequency = How often
metrics-f-across = Figures of organizations are
metrics-f-level = Tells about
metrics-f-measurers = Who reports
metrics-f-public = Funders may see it
metrics-f-public-hint = Also readers of a story that shows it. Small counts stay withheld.
metrics-f-numerator = So many
metrics-f-denominator = Of so many
metrics-f-evidence = Evidence: address
metrics-kind-number = Number
metrics-kind-percent = Percentage
metrics-kind-money = Money
metrics-kind-ratio = So many of so many
metrics-direction-up = More
metrics-direction-down = Less
metrics-direction-range = A range
metrics-frequency-month = Each month
metrics-frequency-quarter = Each quarter
metrics-frequency-half-year = Each half year
metrics-frequency-year = Each year
metrics-frequency-school-year = Each school year
metrics-aggregation-sum = Added up
metrics-aggregation-mean = Averaged
metrics-aggregation-last = The latest one
metrics-aggregation-weighted = Weighted by their denominators
metrics-aggregation-min = The smallest one
metrics-aggregation-max = The largest one
metrics-aggregation-count = Counted
metrics-level-population = The people
metrics-level-performance = What partners do
metrics-measurers-staff = Staff
metrics-measurers-owner = Owner
metrics-measurers-members = Members

## Imports: what is wrong with a row, and what to do

import-problem-too-few-cells = The row has { $found } cells and the header { $expected }.
import-advice-too-few-cells = Add the missing cells, or put quote marks around a text that holds a line break.
import-problem-too-many-cells = The row has { $found } cells and the header { $expected }.
import-advice-too-many-cells = Remove the extra cells, or put quote marks around a text that holds the separator.
import-problem-ends-mid-row = The file ends in the middle of this row, after { $found } of { $expected } cells.
import-advice-ends-mid-row = The file is probably cut off: export or upload it again.
import-problem-ends-mid-quote = The file ends within a quoted text that begins in this row.
import-advice-ends-mid-quote = Close the quote mark; if the file is cut off, export or upload it again.
import-problem-cell-error = The cell holds the error { $error }.
import-advice-cell-error = Correct the formula, or leave the cell empty.
import-problem-formula-without-result = Cell { $cell } holds a formula without a stored result.
import-advice-formula-without-result = Open the file in a spreadsheet program and save it, or replace the formula by its result.
import-problem-period-blank = There is no period.
import-advice-period-blank = Write one, such as 2020, 2020-Q1, 2020-01 or 2020-01-15.
import-problem-period-unknown = “{ $text }” is not a period.
import-advice-period-unknown = Write a year (2020), a quarter (2020-Q1), a month (2020-01), a week (2020-W05), a day (2020-01-15), a fiscal year (2019/20) or years (2018-2020).
import-problem-period-marked-year = “{ $text }” is a year with a mark.
import-advice-period-marked-year = Write the year alone, or the days that are meant (2020-01-15).
import-problem-period-ambiguous-day = “{ $text }” may have the day or the month first.
import-advice-period-ambiguous-day = Write it as year-month-day, or say in the mapping which comes first.
import-problem-period-ambiguous-fiscal-year = “{ $text }” does not say where the fiscal year begins.
import-advice-period-ambiguous-fiscal-year = Write both years, such as 2019/20.
import-problem-period-no-such-month = There is no month { $text }.
import-advice-period-no-such-month = Months are 1 to 12.
import-problem-period-no-such-quarter = There is no quarter { $text }.
import-advice-period-no-such-quarter = Quarters are 1 to 4.
import-problem-period-no-such-half = There is no half-year { $text }.
import-advice-period-no-such-half = Halves are 1 and 2.
import-problem-period-no-such-week = There is no week { $text }.
import-advice-period-no-such-week = Look at a calendar: a year has 52 weeks, some have 53.
import-problem-period-no-such-day = “{ $text }” is not a day of the calendar.
import-advice-period-no-such-day = Correct the date.
import-problem-period-ends-before-start = The period ends before it starts.
import-advice-period-ends-before-start = Put the earlier one first.
import-problem-period-out-of-range = The year is out of range.
import-advice-period-out-of-range = Years are 1000 to 8999; it is probably a typing mistake.
import-problem-number-not-a-number = “{ $text }” is not a number.
import-advice-number-not-a-number = Write digits, such as 1234.5, or leave the cell empty when there is no figure.
import-problem-number-formula = “{ $text }” is a formula.
import-advice-number-formula = Replace it by its result.
import-problem-number-spreadsheet-error = “{ $text }” is an error from a spreadsheet.
import-advice-number-spreadsheet-error = Correct the formula, or leave the cell empty.
import-problem-number-ambiguous = “{ $text }” could have thousands or a fraction.
import-advice-number-ambiguous = Write it without a sign for thousands, or say in the mapping which mark divides off the fraction.
import-problem-number-bad-groups = The signs in “{ $text }” do not divide it into thousands.
import-advice-number-bad-groups = Write it without a sign for thousands.
import-problem-number-too-long = “{ $text }” has more than 28 digits.
import-advice-number-too-long = Round it.
import-problem-number-too-large = “{ $text }” is larger than any measurement.
import-advice-number-too-large = Correct it, or use a larger unit, such as millions.
import-problem-metric-gone = The metric of this column is no longer there.
import-advice-metric-gone = Choose a metric in the mapping.
import-problem-metric-blank = The row names no metric.
import-advice-metric-blank = Write the metric’s name as it is in the list of metrics.
import-problem-metric-unknown = There is no metric “{ $text }”.
import-advice-metric-unknown = Write its name as it is in the list of metrics, or define it first.
import-problem-metric-retired = This metric is retired.
import-advice-metric-retired = Take it back into use, or choose another one.
import-problem-organization-unknown = There is no organization “{ $text }” in the partnership.
import-advice-organization-unknown = Write its name as it is in the list of organizations, add it first, or keep this column as a breakdown.
import-problem-denominator-zero = The denominator is not more than zero.
import-advice-denominator-zero = Correct it, or leave numerator and denominator empty.
import-problem-parts-incomplete = Numerator and denominator are only given together.
import-advice-parts-incomplete = Give both, or neither.
import-problem-parts-disagree = The value { $text } is not what its numerator and denominator make: { $divided }.
import-advice-parts-disagree = Correct one of the three.
import-problem-currency = The amount is in { $found } and the metric in { $expected }.
import-advice-currency = Convert it, or use a metric in that currency.
import-problem-dimensions-many = The row is broken down by more than twelve columns.
import-advice-dimensions-many = Ignore some of them in the mapping.
import-problem-dimension-long = The name of this part is longer than 200 characters.
import-advice-dimension-long = Shorten it, or keep the column as a note.
import-problem-dimension-unknown = The metric is not broken down by this column, only by { $allowed }.
import-advice-dimension-unknown = Ignore the column in the mapping, or allow it in the metric’s definition.
import-problem-duplicate = Row { $row } says the same already.
import-advice-duplicate = Nothing to do: it is counted once.
import-problem-contradiction = Row { $row } gives another value for the same metric, organization, period and breakdown.
import-advice-contradiction = Keep one of the two rows; the first one counts. If they differ in another column, keep that one as a breakdown.
import-problem-correction = It was { $old } and becomes { $new }.
import-advice-correction = It is only changed if you choose so when you import.

import-note-encoding = The file was read as { $encoding }.
import-note-blank-header = A column without a name was called “{ $name }”.
import-note-duplicate-header = Two columns are called “{ $header }”; the later one was called “{ $name }”.
import-note-lines-above-header = Lines above the header that were passed over: { $count }.
import-note-no-final-line-end = The file does not end with a line end: check that the last value of row { $row } is whole.
import-note-other-sheets = The sheet “{ $read }” was read; not read: { $others }.
import-note-formulas = Cells that hold formulas: { $count } (the first is { $first }). The results stored in the file were used.
import-note-day-order = Dates are read with the { $order ->
    [day_first] day
   *[other] month
 } first, because of “{ $example }”.
import-note-mixed-day-order = Dates have the day first in “{ $day_first }” and the month first in “{ $month_first }”; those that could be either are reported.
import-note-year-pairs = Pairs such as “{ $example }” are read as first and last year, not as year and month.
import-note-mixed-pairs = “{ $years }” can only be years and “{ $month }” only a month; pairs that could be either are read as months.
import-note-decimal-comma = Numbers are read with a decimal comma, because of “{ $example }”.
import-note-assumed = “{ $example }” could have thousands or a fraction; it is read as { $read_as }.
import-note-mixed = “{ $point }” has a decimal point and “{ $comma }” a decimal comma; numbers that could be either are reported.

## Imports: files that are not read

problem-import-empty = The file is empty
problem-import-empty-detail = It holds no row at all. Nothing was saved. Choose another file.
problem-export-workbook = Too many rows for a workbook
problem-export-workbook-detail = A workbook is made for up to { $limit } rows. Take the CSV or JSON file, which have all of them, or narrow the export down by metric or period.
problem-import-too-large = The file is too large
problem-import-too-large-detail = It has { $size } bytes and may have { $limit }. Nothing was imported. Divide it into several files.
problem-import-too-many-rows = The file has too many rows
problem-import-too-many-rows-detail = It has more than { $limit } rows. Nothing was imported. Divide it into several files.
problem-import-too-many-columns = The file has too many columns
problem-import-too-many-columns-detail = Row { $row } has more than { $limit } columns. Nothing was imported. Remove those that are not needed.
problem-import-cell-too-long = A cell is too long
problem-import-cell-too-long-detail = The cell at { $at } is longer than { $limit } bytes. Nothing was imported. Shorten it, or look for a quote mark that is never closed.
problem-import-not-a-table = This is not a table
problem-import-not-a-table-detail = The file is { $found }. Nothing was imported. Export it as CSV or XLSX.
problem-import-unpacks-too-large = The workbook unpacks to too much
problem-import-unpacks-too-large-detail = It would unpack to { $size } bytes and may unpack to { $limit }, so it was refused unread.
problem-import-too-many-parts = The workbook has too many parts
problem-import-too-many-parts-detail = It consists of { $count ->
    [one] one part
   *[other] { $count } parts
 } and may have { $limit }, so it was refused unread.
problem-import-far-cell = A cell is far from any table
problem-import-far-cell-detail = The sheet has a cell at { $cell }. Nothing was imported. Delete what is there and save again.
problem-import-no-such-sheet = There is no such sheet
problem-import-no-such-sheet-detail = There is no sheet “{ $name }”; there are: { $sheets }.
problem-import-damaged = The file is damaged
problem-import-damaged-detail = It cannot be read ({ $detail }). Nothing was imported. Open it in a spreadsheet program and save it again.
problem-import-sandbox-too-much-memory = Reading the file needed too much memory
problem-import-sandbox-too-much-memory-detail = It was stopped, and nothing was imported. Divide the workbook, or export the sheet as CSV.
problem-import-sandbox-killed = Reading the file was stopped by the system
problem-import-sandbox-killed-detail = The machine is probably short of memory. Nothing was imported. Try again later, or export the sheet as CSV.
problem-import-sandbox-too-slow = Reading the file took too long
problem-import-sandbox-too-slow-detail = It was stopped, and nothing was imported. Divide the workbook, or export the sheet as CSV.
problem-import-sandbox-too-much-output = The workbook holds too much
problem-import-sandbox-too-much-output-detail = Reading it was stopped, and nothing was imported. Divide the workbook, or export the sheet as CSV.
problem-import-sandbox-too-much-input = The workbook is too large
problem-import-sandbox-too-much-input-detail = Nothing was imported. Divide the workbook, or export the sheet as CSV.
problem-import-sandbox-refused = The workbook cannot be read
problem-import-sandbox-refused-detail = Nothing was imported. Open it in a spreadsheet program and save it again, or export the sheet as CSV.
problem-import-sandbox-crashed = The workbook cannot be read
problem-import-sandbox-crashed-detail = Reading it failed in a way that was not foreseen; nothing else was affected. Export the sheet as CSV.
problem-import-sandbox-busy = Too many workbooks at once
problem-import-sandbox-busy-detail = Others are being read. Nothing was imported. Try again in a minute.
problem-import-sandbox-unavailable = Workbooks cannot be read just now
problem-import-sandbox-unavailable-detail = The work could not be started on this machine. Nothing was imported. Export the sheet as CSV, or tell your operator.
problem-import-database = The database refused
problem-import-database-detail = { $text }. What was written until then is shown; it can be gone on with or taken back.
problem-import-under-way = This import has begun
problem-import-under-way-detail = How the file is read cannot be changed any more. Take the import back and upload the file again.
problem-import-not-mapped = This file cannot be checked now
problem-import-not-mapped-detail = First say which column is what; a file that was imported is not checked again.
problem-import-not-checked = This file cannot be imported now
problem-import-not-checked-detail = It must have been checked, and not be on its way already. Look at how far it is.
problem-import-over = There is nothing to stop
problem-import-over-detail = The import is over already. Look at what came of it.
problem-import-nothing-to-undo = There is nothing to take back
problem-import-nothing-to-undo-detail = The import has written nothing, or is still at work. Stop it first.
field-import-column-missing = The file has no column “{ $column }”.
field-import-column-metric = Say which metric “{ $column }” is.
field-import-role-twice = “{ $first }” and “{ $second }” cannot both be that; keep one of them.
field-import-no-period = Say which column is the period, or write the one period of the whole file.
field-import-no-value = Say which column is the value, or which are numerator and denominator.
field-import-no-metric = Choose the metric, define a new one, or say which column names it.
field-import-wide-and-long = Columns headed by periods hold the values; a column for the value, the period or a single metric cannot stand beside them.

## Imports: pages

imports-title = Imports
imports-hint = Measurements from CSV and Excel files: upload, say which column is what, look at what would happen, import.
imports-link = Import
imports-new = Import a file
imports-empty = No file has been imported yet. A file from a statistical office, a spreadsheet or another system can be read as it is.
imports-file = File
imports-rows = Rows
imports-state = State
imports-by = By
imports-when = When
imports-state-uploaded = Uploaded
imports-state-mapped = Mapped
imports-state-checking = Being checked
imports-state-checked = Checked
imports-state-importing = Being imported
imports-state-done = Imported
imports-state-failed = Stopped by a fault
imports-state-cancelled = Cancelled
imports-state-undoing = Being taken back
imports-state-undone = Taken back
imports-upload-title = Import a file
imports-upload-hint = Nothing is imported yet: first you see what is in the file.
imports-upload-file = CSV or Excel file
imports-upload-limits = .csv, .tsv, .txt or .xlsx, at most { $limit } MB (workbooks 25 MB) and two million rows. Years such as 2018-20, quarters, decimal commas and several encodings are understood.
imports-upload-sheet = Sheet
imports-upload-sheet-hint = Of a workbook; the first one with content when empty.
imports-upload-button = Look at the file
imports-map-title = What is in { $file }?
imports-map-hint = { $rows ->
    [one] One row.
   *[other] { $rows } rows.
 } Say which column is what; the proposal comes from the headers.
imports-map-columns = Columns
imports-map-use = Is
imports-map-example = First values
imports-map-which-metric = Metric of this column
imports-role-period = Period
imports-role-value = Value
imports-role-metric = Name of the metric
imports-role-organization = Organization
imports-role-numerator = Numerator
imports-role-denominator = Denominator
imports-role-source = Source
imports-role-note = Note
imports-role-dimension = Breakdown (district, age, …)
imports-role-period-column = Values of the period in the header
imports-role-metric-column = Values of one metric
imports-role-ignore = Not read
imports-map-metric = Metric
imports-map-metric-hint = Of all values in the file, unless a column names it.
imports-map-metric-new = A new one, defined here
imports-map-metric-column = As the columns say
imports-map-new-title = New metric
imports-map-new-name = Name
imports-map-new-unit = Unit
imports-map-new-kind = Kind of number
imports-map-new-direction = Good is
imports-map-new-frequency = Measured every
imports-kind-number = Number
imports-kind-percent = Percentage
imports-kind-money = Money
imports-kind-ratio = So many of so many
imports-direction-up = More
imports-direction-down = Less
imports-direction-range = Within a range
imports-frequency-month = Month
imports-frequency-quarter = Quarter
imports-frequency-half-year = Half-year
imports-frequency-year = Year
imports-frequency-school-year = School year
imports-map-organization = Organization
imports-map-organization-whole = The partnership as a whole
imports-map-period = Period of the whole file
imports-map-period-hint = Only when no column says it, such as 2026-Q3.
imports-map-reading = How texts are read
imports-map-years = A year such as 2018 is
imports-years-calendar = A calendar year
imports-years-fiscal = A fiscal year
imports-years-school = A school year
imports-map-pairs = 2010-12 is
imports-pairs-auto = As the column shows
imports-pairs-month = December 2010
imports-pairs-years = 2010 to 2012
imports-map-days = 03/04/2020 is
imports-days-auto = As the column shows
imports-days-day = 3 April
imports-days-month = 4 March
imports-map-decimal = 1,234 is
imports-decimal-auto = As the column shows
imports-decimal-point = One thousand and more
imports-decimal-comma = One and a bit
imports-map-fiscal-start = 2018/19 begins in month
imports-map-source = Source
imports-map-source-hint = Is kept with every measurement.
imports-map-keep = Keep this mapping as
imports-map-keep-hint = The next file with the same columns is then read the same way.
imports-map-button = Check the file
imports-notes = What was noticed
imports-checking = Checking
imports-importing = Importing
imports-undoing = Taking back
imports-rate = { $n ->
    [one] One row a second
   *[other] { $n } rows a second
 }
imports-waiting = The work is waiting for its turn, or was interrupted and goes on by itself. Nothing is lost.
imports-busy-hint = You may leave this page; the work goes on.
imports-new-figures = New
imports-same = Already measured
imports-corrections = Differ from before
imports-duplicates = Said twice
imports-errors = Cannot be imported
imports-blank = Without a figure
imports-checked-title = This is what would happen
imports-checked-none = Nothing in this file can be imported. Look at the rows below, correct the file or the mapping, and check again.
imports-start = { $n ->
    [one] Import one figure
   *[other] Import { $n } figures
 }
imports-apply = Also correct those that differ from before
imports-apply-hint = The earlier values are kept as versions. Without this they stay as they are.
imports-remap = Change the mapping
imports-rows-title = Rows to look at
imports-rows-hint = The first ones; the file has them all, with what to do in your language.
imports-rows-line = Row
imports-rows-problem = What
imports-rows-advice = What to do
imports-rows-cells = The row
imports-row-error = Error
imports-row-duplicate = Duplicate
imports-row-correction = Correction
imports-errors-file = Download these rows
imports-done-title = It is in
imports-done-text = { $new ->
    [one] One figure was added
   *[other] { $new } figures were added
 }, { $corrected ->
    [0] none was corrected
    [one] one was corrected
   *[other] { $corrected } were corrected
 }.
imports-done-metrics = Look at the metrics
imports-undo = Take this import back
imports-undo-ask = Take this import back?
imports-undo-text = Its figures no longer count, and what it corrected gets its earlier value again. What somebody changed since stays. All versions are kept.
imports-undone-text = { $n ->
    [one] One figure was taken back
   *[other] { $n } figures were taken back
 }, { $kept ->
    [0] none had been changed since
   *[other] { $kept } stay, because somebody changed them since
 }.
imports-cancel = Stop
imports-discard = Discard
imports-resume = Go on
imports-failed-text = Figures that were added before that: { $n }. Go on where it stopped, or take them back.
imports-cancelled-text = Figures that were added before it was stopped: { $n }. Go on where it stopped, or take them back.
imports-flash-mapped = Mapping saved
imports-flash-started = The import has begun
imports-flash-cancelled = Stopped
imports-flash-undo = The import is being taken back

## What needs attention

metrics-needs-figure = { $metric }: a figure is overdue
metrics-needs-figure-detail = { $days ->
    [one] Due yesterday. { $owner } answers for it.
   *[other] Due { $days } days ago. { $owner } answers for it.
 }
metrics-needs-off = { $metric } is off target
metrics-needs-off-detail = { $owner } answers for it.
metrics-needs-report = Report it
metrics-needs-look = Look at it

## Perspectives and objectives
metrics-perspectives = Perspectives and objectives
metrics-perspectives-hint = From which sides you look at the partnership, and what you strive for in each. A metric shows the way of an objective.
metrics-perspectives-empty = There are no perspectives yet. Most partnerships begin with four: the people they serve, their partners, how they work, and what they learn.
metrics-perspectives-begin = Begin with the usual four
metrics-perspective-add = Add a perspective
metrics-perspective-rename = Rename this perspective
metrics-objective = Objective
metrics-objective-hint = What you strive for, such as “Every child is read to each week”.
metrics-objective-of-hint = What the metric shows the way of. It belongs to the perspective above.
metrics-objective-add = Add an objective
metrics-objectives-first = Say first what you strive for
metrics-no-objective = No objective
metrics-no-objectives = No objective yet.
metrics-count = { $n ->
    [0] No metrics
    [one] { $n } metric
   *[other] { $n } metrics
 }
metrics-rename = Rename
metrics-rename-full = Rename { $name }
metrics-remove = Retire
metrics-remove-full = Retire { $name }
problem-metrics-objective-in-use = Metrics show the way of this objective
problem-metrics-objective-in-use-detail = Nothing was removed. Give those metrics another objective first.

## One measurement
metrics-question = A question is open
metrics-is-withdrawn = Withdrawn.
metrics-restore = Undo the withdrawal
metrics-broken-down = Broken down by
metrics-no-evidence = None was given
metrics-with-evidence = with evidence
metrics-say = Ask, answer or withdraw
metrics-say-hint = A question goes by mail to whoever reported the figure. A withdrawn figure no longer counts; stories that used it show the change.
metrics-reason = Your question, answer or reason
metrics-query = Ask this question
metrics-answer = It is right: answer
metrics-withdraw = Withdraw
metrics-history = What happened
metrics-past-reported = { $who } reported { $value }
metrics-past-again = { $who } reported it again: { $value }
metrics-past-corrected = { $who } corrected { $from } to { $to }
metrics-past-verified = { $who } checked it and found it right
metrics-past-queried = { $who } asked about it
metrics-past-withdrawn = { $who } withdrew it
metrics-past-restored = { $who } undid the withdrawal
metrics-past-answered = { $who } answered that it is right
metrics-past-detail = { $who } changed its note or its evidence
metrics-flash-queried = Asked. Whoever reported it gets your question by mail.
metrics-flash-answered = Answered. Staff look at it again.
metrics-flash-withdrawn = Withdrawn. You can undo it here until it is reported anew.
metrics-flash-restored = The withdrawal is undone; the figure counts again.
metrics-f-evidence-file = Evidence: file
metrics-f-evidence-file-hint = PDF, picture, Word, Excel or CSV, at most 25 MB.
field-metrics-evidence-file = This file is empty or of a kind that is not accepted. The rest of what you filled in is still here.
problem-metrics-no-question = Nobody asks about this measurement
problem-metrics-no-question-detail = Nothing was changed. The question may have been answered meanwhile.
problem-metrics-not-withdrawn = This measurement is not withdrawn
problem-metrics-not-withdrawn-detail = Nothing was changed. It may have been reported anew meanwhile.
mail-question-subject = A question about { $metric }
mail-question-preheader = { $asker } asks: { $question }
mail-question-why = You get this mail because you reported this figure to { $partnership }.
mail-question-heading = { $metric }, { $period }
mail-question-text = { $asker } asks about the figure that you reported:
mail-question-button = Answer or correct it
mail-question-counts = The figure counts as it is until you change it.
metrics-needs-reply = A question about { $metric }
metrics-needs-reply-action = Answer it
metrics-needs-reply-detail = “{ $question }”

## What a metric meant
metrics-definition-history = What changed in this definition
metrics-definition-history-hint = Figures keep their values; this is how their meaning and their targets were changed.
metrics-defined-by = { $who } defined the metric
metrics-changed-by = { $who } changed the metric
metrics-retired-by = { $who } retired the metric
metrics-revived-by = { $who } took the metric back into use
metrics-nothing-there = nothing
metrics-f-targets = Target points
metrics-f-target-add = Add a target point
metrics-f-targets-hint = The path is a straight line from the baseline through these points, dashed in the chart. Leave a row empty to leave it out.
metrics-f-why = Why you change it
metrics-f-why-hint = Stands in the history of the definition.
field-metrics-target-row = Row { $n }: give a period, such as 2026 or Q3 2026, and a value.

## Several scorecards, and the meeting
metrics-cards = All scorecards
metrics-cards-hint = Each keeps its own few metrics. A metric may stand on several.
metrics-card-used = { $used } of { $budget } metrics
metrics-card-make = Make a scorecard
metrics-card-itself = This scorecard
metrics-card-retire = Retire this scorecard
metrics-card-retire-hint = Its metrics and their measurements stay.
metrics-flash-card-made = The scorecard is made. Choose its metrics.
metrics-flash-card-retired = The scorecard is retired. Its metrics stay.
metrics-full-title = This scorecard is full.
problem-metrics-last-scorecard = This is your only scorecard
problem-metrics-last-scorecard-detail = Nothing was changed. Make another one first, or rename this one.
metrics-meeting = Meeting view
metrics-meeting-move = Move through the scorecard
metrics-meeting-leave = Leave the meeting view
metrics-before = Back
metrics-after = Next
metrics-whole-card = Whole scorecard
metrics-place = { $at } of { $of }

## On the home page: what was asked, and what happened
metrics-needs-mine = { $metric }: your figure for { $period }
metrics-needs-mine-detail = From: { $source }
metrics-asked-questions = { $n ->
    [one] one question about a figure
   *[other] { $n } questions about figures
 }
metrics-asked-figures = { $n ->
    [one] one figure to report
   *[other] { $n } figures to report
 }
metrics-told-reported = { $metric } in { $period }: { $value }
metrics-told-corrected = { $by } corrected { $metric } in { $period }: { $value }
metrics-told-verified = { $by } verified { $metric } in { $period }
metrics-told-queried = { $by } asked about { $metric } in { $period }
metrics-told-answered = { $by } answered about { $metric } in { $period }
metrics-told-defined = { $by } defined the metric “{ $metric }”

metrics-notice-queried = { $by } has a question about { $metric }, { $period }
metrics-notice-verified = { $by } verified { $metric }, { $period }
metrics-notice-answered = { $by } answered your question about { $metric }, { $period }
metrics-notice-due = The next figure of { $metric } is due { $due }
metrics-date-due = Figure due: { $metric }
## First steps of a new partnership
first-metric = Define what you want to move
first-metric-why = A metric with a target, and somebody who answers for it.
first-measurement = Bring in measurements
first-measurement-why = From a spreadsheet as it is, or by hand.

## What happened, further
event-measurement-recorded-in-bulk = recorded several measurements
