//! The pictures of a calculation: its range, and how gross value becomes net.

use backbone_charts::{
    Chart, Frame, Mark, RangeChart, RangeWords, Theme, WaterfallChart, WaterfallStep,
    WaterfallWords, range, waterfall,
};
use backbone_finance::Decimal;
use backbone_finance::sroi::{Calculation, Results};
use rust_decimal::prelude::ToPrimitive;

use super::words::Words;

fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// The ratio between its ends, and the line where as much comes out as went in.
pub(super) fn ratio_range(words: &Words<'_>, results: &Results, width: u32) -> Option<Chart> {
    let (low, base, high) = (results.low.ratio?, results.base.ratio?, results.high.ratio?);
    let title = words.text("value-chart-range");
    let description = super::ratio_sentence(words.catalogue, words.lang, results);
    let texts = [low, base, high, Decimal::ONE].map(|v| words.ratio(v));
    let labels = [
        "value-low",
        "value-base",
        "value-high",
        "value-break-even-line",
    ]
    .map(|k| words.text(k));
    let mark = |i: usize, value: Decimal| Mark {
        value: float(value),
        text: &texts[i],
        label: &labels[i],
    };
    let (label, value, none) = (
        words.text("value-scenario"),
        words.text("value-ratio"),
        words.text("value-note-no-investment"),
    );
    Some(range(&RangeChart {
        frame: Frame {
            id: "value-range",
            title: &title,
            description: &description,
            width,
            theme: Theme::Light,
            background: false,
        },
        low: mark(0, low),
        base: mark(1, base),
        high: mark(2, high),
        break_even: Some(mark(3, Decimal::ONE)),
        words: RangeWords {
            label: &label,
            value: &value,
            no_data: &none,
        },
    }))
}

/// The sums over all outcomes and years, before discounting, from gross to what is left, and then to today's money.
pub(super) fn gross_to_net(words: &Words<'_>, base: &Calculation, width: u32) -> Chart {
    let sum = |of: fn(&backbone_finance::sroi::YearValue) -> Decimal| -> Decimal {
        let years = base.outcomes.iter().flat_map(|o| &o.years);
        years
            .map(of)
            .fold(Decimal::ZERO, |a, b| a.saturating_add(b))
    };
    let levels = [
        ("value-gross", sum(|y| y.gross)),
        ("value-deadweight", sum(|y| y.after_deadweight)),
        ("value-displacement", sum(|y| y.after_displacement)),
        ("value-attribution", sum(|y| y.after_attribution)),
        ("value-drop-off", sum(|y| y.after_drop_off)),
        ("value-discounting", base.benefits),
    ];
    let mut rows: Vec<(String, bool, Decimal)> = Vec::new();
    for (i, (key, level)) in levels.iter().enumerate() {
        let before = if i == 0 {
            Decimal::ZERO
        } else {
            levels[i - 1].1
        };
        let change = level.saturating_sub(before);
        if i == 0 || !change.is_zero() {
            rows.push((words.text(key), i == 0, change));
        }
    }
    rows.push((words.text("value-pv-benefits"), true, base.benefits));
    let texts: Vec<String> = rows.iter().map(|(_, _, v)| words.money(*v)).collect();
    let steps: Vec<WaterfallStep<'_>> = rows
        .iter()
        .zip(&texts)
        .map(|((label, total, value), text)| WaterfallStep {
            label,
            total: *total,
            value: float(*value),
            text,
        })
        .collect();
    let title = words.text("value-chart-waterfall");
    let description = words.say(
        "value-chart-waterfall-text",
        &[
            ("gross", words.money(levels[0].1)),
            ("net", words.money(base.benefits)),
        ],
    );
    let (step, value, none) = (
        words.text("value-step"),
        words.text("value-amount"),
        words.text("value-nothing"),
    );
    waterfall(&WaterfallChart {
        frame: Frame {
            id: "value-waterfall",
            title: &title,
            description: &description,
            width,
            theme: Theme::Light,
            background: false,
        },
        steps: &steps,
        words: WaterfallWords {
            step: &step,
            value: &value,
            no_data: &none,
        },
    })
}
