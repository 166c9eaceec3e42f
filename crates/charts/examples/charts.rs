//! Draws every chart at two widths and in three themes into a folder, to be looked at.
//!
//! `cargo run -p backbone-charts --example charts -- target/gallery`

use backbone_charts::*;
use std::path::Path;

fn frame<'a>(id: &'a str, title: &'a str, width: u32, theme: Theme) -> Frame<'a> {
    let description = "Hours rose from 120 to 412 in twelve months.";
    Frame {
        id,
        title,
        description,
        width,
        theme,
        background: true,
    }
}

fn whole(value: f64) -> String {
    let text = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (i, digit) in text.chars().enumerate() {
        if i > 0 && (text.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if value < 0.0 {
        format!("−{grouped}")
    } else {
        grouped
    }
}

const MONTHS: [&str; 12] = [
    "Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026", "Jul 2026", "Aug 2026",
    "Sep 2026", "Oct 2026", "Nov 2026", "Dec 2026",
];

fn lines(width: u32, theme: Theme) -> Vec<(&'static str, Chart)> {
    let words = LineWords {
        period: "Month",
        not_from_zero: "The axis does not start at zero.",
        no_data: "No data yet",
    };
    let a: Vec<Option<f64>> = [
        120., 150., 149., 190., 220., 260., 255., 300., 330., 350., 390., 412.,
    ]
    .map(Some)
    .into();
    let b: Vec<Option<f64>> = [
        80., 95., 0., 0., 130., 170., 210., 240., 280., 330., 370., 405.,
    ]
    .iter()
    .enumerate()
    .map(|(i, v)| (i != 2 && i != 3).then_some(*v))
    .collect();
    let c: Vec<Option<f64>> = (0..12)
        .map(|i| (i < 9).then_some(60.0 + f64::from(i) * 8.0))
        .collect();
    let series = [
        Series {
            label: "Volunteers",
            values: &a,
            forecast_from: Some(10),
        },
        Series {
            label: "Partner organizations",
            values: &b,
            forecast_from: None,
        },
        Series {
            label: "Schools",
            values: &c,
            forecast_from: None,
        },
    ];
    let target = [Some(400.0)];
    let baseline = [Some(100.0)];
    let near: Vec<Option<f64>> = (0..12)
        .map(|i| Some(96.2 + f64::from(i % 5) * 0.3))
        .collect();
    let one = [Some(f64::NAN), Some(1.2e15)];
    let chart = |id, title, series: &[Series<'_>], periods: &[&str], refs: bool| {
        line(&LineChart {
            frame: frame(id, title, width, theme),
            height: 240,
            periods,
            series,
            target: refs.then_some(Reference {
                label: "Target 2026",
                values: &target,
            }),
            baseline: refs.then_some(Reference {
                label: "Baseline",
                values: &baseline,
            }),
            format: &whole,
            words,
        })
    };
    let decimal = |v: f64| format!("{v:.1} %");
    let close = line(&LineChart {
        frame: frame("near", "Attendance", width, theme),
        height: 180,
        periods: &MONTHS,
        series: &[Series {
            label: "Attendance",
            values: &near,
            forecast_from: None,
        }],
        target: None,
        baseline: None,
        format: &decimal,
        words,
    });
    vec![
        (
            "line",
            chart("line", "Hours a month", &series, &MONTHS, true),
        ),
        ("line-near", close),
        (
            "line-one",
            chart(
                "one",
                "One huge value",
                &[Series {
                    label: "Euro",
                    values: &one,
                    forecast_from: None,
                }],
                &["2025", "2026"],
                false,
            ),
        ),
        ("line-none", chart("none", "Nothing", &[], &[], false)),
    ]
}

fn bars(width: u32, theme: Theme) -> Vec<(&'static str, Chart)> {
    let words = BarWords {
        label: "Organization",
        value: "Hours",
        no_data: "No data",
    };
    let make = |label, value: Option<f64>, text, tone| Bar {
        label,
        value,
        text,
        tone,
    };
    let plain = [
        make(
            "Municipality of Westerveld",
            Some(1240.0),
            "1,240 hours",
            Tone::Series,
        ),
        make(
            "Regional college for health and welfare, department of practical training",
            Some(890.0),
            "890 hours",
            Tone::Series,
        ),
        make("Food bank", Some(12.0), "12 hours", Tone::Series),
        make("Library", None, "", Tone::Series),
        make("Sports club", Some(0.0), "0 hours", Tone::Series),
    ];
    let signed = [
        make("Gain", Some(42.0), "+42", Tone::Good),
        make("Loss", Some(-17.5), "−17.5", Tone::Bad),
        make("Both", Some(3.0), "+3", Tone::Good),
    ];
    let chart = |id, bars: &[Bar<'_>]| {
        bar(&BarChart {
            frame: frame(id, "Hours by organization", width, theme),
            bars,
            words,
        })
    };
    let steps = [
        WaterfallStep {
            label: "Gross value",
            total: true,
            value: 500_000.0,
            text: "€ 500,000",
        },
        WaterfallStep {
            label: "Would have happened anyway (deadweight, 20\u{a0}%)",
            total: false,
            value: -100_000.0,
            text: "− € 100,000",
        },
        WaterfallStep {
            label: "Displacement",
            total: false,
            value: -40_000.0,
            text: "− € 40,000",
        },
        WaterfallStep {
            label: "Due to others",
            total: false,
            value: -90_000.0,
            text: "− € 90,000",
        },
        WaterfallStep {
            label: "Impact",
            total: true,
            value: 270_000.0,
            text: "€ 270,000",
        },
        WaterfallStep {
            label: "Investment",
            total: false,
            value: -310_000.0,
            text: "− € 310,000",
        },
        WaterfallStep {
            label: "Net present value",
            total: true,
            value: -40_000.0,
            text: "− € 40,000",
        },
    ];
    let fall = waterfall(&WaterfallChart {
        frame: frame("fall", "From gross value to impact", width, theme),
        steps: &steps,
        words: WaterfallWords {
            step: "Step",
            value: "Value",
            no_data: "No data",
        },
    });
    vec![
        ("bar", chart("bar", &plain)),
        ("bar-signed", chart("signed", &signed)),
        ("waterfall", fall),
    ]
}

fn small(width: u32, theme: Theme) -> Vec<(&'static str, Chart)> {
    let part = |label, value, text, tone| Part {
        label,
        value,
        text,
        tone,
    };
    let votes = stacked(&StackedChart {
        frame: frame("votes", "14 of 22 organizations have voted", width, theme),
        parts: &[
            part("Agree", 9.0, "9", Tone::Good),
            part("Agree with reservations", 2.0, "2", Tone::Watch),
            part("Abstain", 1.0, "1", Tone::Neutral),
            part("Object: we cannot go ahead", 2.0, "2", Tone::Bad),
        ],
        words: StackedWords {
            label: "Position",
            value: "Votes",
            no_data: "No votes yet",
        },
    });
    let mark = |value, text, label| Mark { value, text, label };
    let ratio = |id, low, base, high| {
        range(&RangeChart {
            frame: frame(id, "Social return", width, theme),
            low,
            base,
            high,
            break_even: Some(mark(1.0, "1 : 1", "Break-even 1 : 1")),
            words: RangeWords {
                label: "Scenario",
                value: "Ratio",
                no_data: "No ratio: nothing was put in",
            },
        })
    };
    let wide = ratio(
        "wide",
        mark(1.4, "1.4 : 1", "Low"),
        mark(3.2, "3.2 : 1", "Base"),
        mark(5.1, "5.1 : 1", "High"),
    );
    let tight = ratio(
        "tight",
        mark(1.1, "1.1 : 1", "Low"),
        mark(1.1, "1.1 : 1", "Base"),
        mark(1.2, "1.2 : 1", "High"),
    );
    let values: Vec<(&str, Option<f64>)> = MONTHS
        .iter()
        .enumerate()
        .map(|(i, m)| (*m, (i != 5).then_some(10.0 + (i * i % 7) as f64)))
        .collect();
    let spark = sparkline(&Sparkline {
        frame: Frame {
            width: 120,
            ..frame("spark", "Last 12 months", 120, theme)
        },
        height: 32,
        values: &values,
        target: Some(15.0),
        format: &whole,
        words: SparklineWords {
            period: "Month",
            value: "Value",
            target: "Target",
            no_data: "No data",
        },
    });
    let link = |kind, name, value, current| TraceBox {
        kind,
        name,
        value,
        current,
    };
    let chain = trace(&TraceChart {
        frame: frame("trace", "Where does this come from?", width, theme),
        boxes: &[
            link(
                "Story",
                "A year of working together in Westerveld",
                "",
                false,
            ),
            link("Figure", "People who found work", "€ 270,000", true),
            link(
                "Value model",
                "Social return of the job programme, adopted in March 2026",
                "3.2 : 1",
                false,
            ),
            link(
                "Metric",
                "People in paid work after six months",
                "118",
                false,
            ),
            link(
                "Measurement",
                "Third quarter of 2026, reported by the regional college",
                "31",
                false,
            ),
            link("Contribution", "Coaching by volunteers", "412 hours", false),
        ],
        words: TraceWords {
            kind: "Kind",
            name: "What",
            value: "Value",
            no_data: "No chain yet",
        },
    });
    vec![
        ("stacked", votes),
        ("range", wide),
        ("range-tight", tight),
        ("sparkline", spark),
        ("trace", chain),
    ]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("give a folder to draw into")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for (theme, name) in [
        (Theme::Light, "light"),
        (Theme::Dark, "dark"),
        (Theme::Print, "print"),
    ] {
        for width in [320, 700] {
            for (kind, chart) in [lines(width, theme), bars(width, theme), small(width, theme)]
                .into_iter()
                .flatten()
            {
                let file = folder.join(format!("{kind}-{name}-{width}"));
                let pixels = if kind == "sparkline" { 240 } else { width };
                std::fs::write(file.with_extension("png"), png(&chart.svg, pixels)?)?;
                std::fs::write(file.with_extension("svg"), chart.svg)?;
            }
        }
    }
    Ok(())
}
