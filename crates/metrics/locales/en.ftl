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
problem-metrics-rows-refused = { $n } rows were refused
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
metrics-take-off-full = Take { $name } off the scorecard
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
metrics-f-period-hint = Such as 2026, 2026-Q3, 2026-10 or 2025/26.
metrics-f-target-period = Target: period
metrics-f-target-value = Target: value
metrics-f-target-hint = The path to it is a straight line from the baseline.
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
