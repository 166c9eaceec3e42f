//! One of each chart with invented numbers, for the page of components. Numbers are written as the page's reader writes them.

use backbone_charts::{
    Bar, BarChart, BarWords, Chart, Frame, LineChart, LineWords, Mark, PHONE, Part, RangeChart,
    RangeWords, Reference, Series, Sparkline, SparklineWords, StackedChart, StackedWords, Theme,
    Tone, TraceBox, TraceChart, TraceWords, WaterfallChart, WaterfallStep, WaterfallWords, bar,
    line, on_page, range, sparkline, stacked, trace, waterfall,
};
use backbone_web::Lang;
use backbone_web::format::float;

const DESK: u32 = 960;

/// Title and picture of every kind of chart.
pub(super) fn all(lang: Lang) -> Vec<Chart> {
    let both = |id: &str, draw: &dyn Fn(u32) -> Chart| on_page(id, draw(DESK), draw(PHONE));
    vec![
        both("sample-line", &|width| lines(lang, width)),
        both("sample-bar", &|width| bars(lang, width)),
        both("sample-stacked", &votes),
        both("sample-range", &|width| ratio(lang, width)),
        both("sample-waterfall", &|width| steps(lang, width)),
        both("sample-trace", &|width| chain(lang, width)),
        spark(lang),
    ]
}

fn frame<'a>(id: &'a str, title: &'a str, description: &'a str, width: u32) -> Frame<'a> {
    Frame {
        id,
        title,
        description,
        width,
        theme: Theme::Light,
        background: false,
    }
}

fn written(lang: Lang, value: f64, decimals: u32) -> String {
    float(lang, value, Some(decimals))
}

fn lines(lang: Lang, width: u32) -> Chart {
    let periods = ["Q3 2025", "Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026"];
    let values = [1043.0, 1080.5, 1122.0, 1150.0, 1204.5].map(Some);
    line(&LineChart {
        frame: frame(
            "sample-line",
            "Children read to 3× a week",
            "From 1,043 to 1,204.5 in five quarters.",
            width,
        ),
        height: 220,
        periods: &periods,
        series: &[
            Series {
                label: "Midden",
                values: &values,
                forecast_from: Some(4),
            },
            Series {
                label: "Oost",
                values: &[Some(1060.0), None, Some(1070.0), Some(1075.5), Some(1080.0)],
                forecast_from: None,
            },
        ],
        target: Some(Reference {
            label: "Target",
            values: &[Some(1200.0)],
        }),
        baseline: None,
        format: &|value| written(lang, value, 0),
        words: LineWords {
            period: "Quarter",
            not_from_zero: "The axis does not start at zero.",
            no_data: "No data yet",
        },
    })
}

fn bars(lang: Lang, width: u32) -> Chart {
    let given = [
        ("Gemeente Midden", 1240.0),
        ("Bibliotheek Oost", 890.5),
        ("Fonds Midden", 12.0),
    ];
    let texts = given.map(|(_, hours)| written(lang, hours, 1));
    let rows: Vec<Bar<'_>> = given
        .iter()
        .zip(&texts)
        .map(|((label, hours), text)| Bar {
            label,
            value: Some(*hours),
            text,
            tone: Tone::Series,
        })
        .collect();
    bar(&BarChart {
        frame: frame(
            "sample-bar",
            "Hours by organization",
            "Three organizations.",
            width,
        ),
        bars: &rows,
        words: BarWords {
            label: "Organization",
            value: "Hours",
            no_data: "No data",
        },
    })
}

fn votes(width: u32) -> Chart {
    let part = |label, value, text, tone| Part {
        label,
        value,
        text,
        tone,
    };
    stacked(&StackedChart {
        frame: frame(
            "sample-stacked",
            "14 of 22 organizations have voted",
            "Nine agree, two stand aside, one abstains, two object.",
            width,
        ),
        parts: &[
            part("Agree", 9.0, "9", Tone::Good),
            part("Stand aside", 2.0, "2", Tone::Watch),
            part("Abstain", 1.0, "1", Tone::Neutral),
            part("Object", 2.0, "2", Tone::Bad),
        ],
        words: StackedWords {
            label: "Position",
            value: "Votes",
            no_data: "No votes yet",
        },
    })
}

fn ratio(lang: Lang, width: u32) -> Chart {
    let values = [2.6, 3.4, 4.1, 1.0];
    let texts = values.map(|value| format!("1\u{a0}:\u{a0}{}", written(lang, value, 1)));
    let mark = |i: usize, label| Mark {
        value: values[i],
        text: &texts[i],
        label,
    };
    range(&RangeChart {
        frame: frame(
            "sample-range",
            "Social return",
            "Between 2.6 and 4.1.",
            width,
        ),
        low: mark(0, "Low"),
        base: mark(1, "Best estimate"),
        high: mark(2, "High"),
        break_even: Some(mark(3, "As much out as in")),
        words: RangeWords {
            label: "Scenario",
            value: "Ratio",
            no_data: "No ratio",
        },
    })
}

fn steps(lang: Lang, width: u32) -> Chart {
    let rows = [
        ("Gross value", true, 500_000.0),
        ("Would have happened anyway", false, -100_000.0),
        ("Due to others", false, -130_000.0),
        ("Impact", true, 270_000.0),
    ];
    let texts = rows.map(|(_, _, value)| format!("€\u{a0}{}", written(lang, value, 0)));
    let shown: Vec<WaterfallStep<'_>> = rows
        .iter()
        .zip(&texts)
        .map(|((label, total, value), text)| WaterfallStep {
            label,
            total: *total,
            value: *value,
            text,
        })
        .collect();
    waterfall(&WaterfallChart {
        frame: frame(
            "sample-waterfall",
            "From gross value to impact",
            "From 500,000 to 270,000 euro.",
            width,
        ),
        steps: &shown,
        words: WaterfallWords {
            step: "Step",
            value: "Value",
            no_data: "No data",
        },
    })
}

fn chain(lang: Lang, width: u32) -> Chart {
    let hours = format!("{} hours", written(lang, 4960.0, 0));
    let link = |kind, name, value, current| TraceBox {
        kind,
        name,
        value,
        current,
    };
    trace(&TraceChart {
        frame: frame(
            "sample-trace",
            "Where does this come from?",
            "From the story to what one organization gave.",
            width,
        ),
        boxes: &[
            link("Story", "One hour, 312 children", "", false),
            link("Figure", "Hours read aloud", &hours, true),
            link("Contribution", "Bibliotheek Oost", "46", false),
        ],
        words: TraceWords {
            kind: "What",
            name: "Name",
            value: "Value",
            no_data: "No source",
        },
    })
}

fn spark(lang: Lang) -> Chart {
    let values: Vec<(&str, Option<f64>)> = [12.0, 14.0, 13.5, 16.0, 18.0, 17.5, 21.0]
        .map(|value| ("2026", Some(value)))
        .into();
    sparkline(&Sparkline {
        frame: frame(
            "sample-spark",
            "Last seven months",
            "From 12 to 21; the target is 20.",
            120,
        ),
        height: 32,
        values: &values,
        target: Some(20.0),
        format: &|value| written(lang, value, 1),
        words: SparklineWords {
            period: "Month",
            value: "Value",
            target: "Target",
            no_data: "–",
        },
    })
}
