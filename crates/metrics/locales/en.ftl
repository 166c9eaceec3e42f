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
