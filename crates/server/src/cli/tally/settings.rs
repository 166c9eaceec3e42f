//! From words on the command line to the settings of a method.

use backbone_tally::files::{Cells, Format};
use backbone_tally::{
    Base, Consent, Dots, Election, EqualShares, Gradients, Method, PassRule, Scale, Stance,
    Threshold,
};

use super::TallyArgs;

/// What options to abstain are called, in lower case.
const ABSTAIN: &[&str] = &[
    "abstain",
    "abstention",
    "abstentions",
    "blank",
    "onthouding",
    "blanco",
];
/// What options that agree are called.
const AGREE: &[&str] = &[
    "agree",
    "consent",
    "yes",
    "for",
    "in favour",
    "akkoord",
    "eens",
    "ja",
    "voor",
];
/// What options that stand aside are called.
const ASIDE: &[&str] = &[
    "stand aside",
    "aside",
    "reservations",
    "concern",
    "terughoudend",
    "afzijdig",
];
/// What options that object are called.
const OBJECT: &[&str] = &[
    "object",
    "objection",
    "block",
    "disagree",
    "no",
    "against",
    "bezwaar",
    "oneens",
    "nee",
    "tegen",
];

/// Which kind of numbers a method counts.
pub(super) fn cells(method: &str) -> Cells {
    match method {
        "approval" | "score" | "dots" | "equal-shares" | "star" | "meeting" => Cells::Marks,
        _ => Cells::Ranks,
    }
}

/// The kind of a file that is not named after it.
pub(super) fn format_by_content(bytes: &[u8]) -> Format {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let first = text
        .lines()
        .find(|line| !line.trim_start().starts_with('#'));
    let first = first.unwrap_or_default();
    let mut words = first.split_whitespace();
    let two_numbers =
        words.clone().count() >= 2 && words.by_ref().take(2).all(|w| w.parse::<u32>().is_ok());
    if text.starts_with('{') {
        Format::Json
    } else if first.trim() == "META" {
        Format::Pb
    } else if two_numbers {
        Format::Blt
    } else {
        Format::Csv
    }
}

/// The method with its settings.
pub(super) fn method(arguments: &TallyArgs, election: &Election) -> Result<Method, String> {
    let quota = arguments.quota.into();
    let strength = arguments.strength.into();
    Ok(match arguments.method.as_str() {
        "count" => Method::Count,
        "majority" => Method::Majority(pass_rule(arguments, election, Threshold::MORE_THAN_HALF)?),
        "supermajority" => {
            Method::Supermajority(pass_rule(arguments, election, Threshold::TWO_THIRDS)?)
        }
        "consent" => Method::Consent(consent(arguments, election)?),
        "gradients" => Method::Gradients(gradients(arguments, election)?),
        "approval" => Method::Approval,
        "score" => Method::Score(scale(arguments, election)?),
        "dots" => Method::Dots(Dots {
            dots: arguments.dots.unwrap_or_else(|| most_spent(election)),
        }),
        "equal-shares" => Method::EqualShares(EqualShares {
            utility: arguments.utility.into(),
            completion: arguments.completion.into(),
        }),
        "schulze" => Method::Schulze { strength },
        "ranked-pairs" => Method::RankedPairs { strength },
        "irv" => Method::Irv,
        "borda" => Method::Borda,
        "scottish-stv" => Method::ScottishStv { quota },
        "meek-stv" => Method::MeekStv { quota },
        "star" => Method::Star(scale(arguments, election)?),
        "meeting" => Method::MeetingPoll,
        other => return Err(format!("there is no method “{other}”; see --help")),
    })
}

fn option(election: &Election, name: &str) -> Result<usize, String> {
    election.place(name).ok_or_else(|| {
        let names: Vec<&str> = election
            .options()
            .iter()
            .map(|name| name.as_str())
            .collect();
        format!(
            "there is no option “{name}”; the options are {}",
            names.join(", ")
        )
    })
}

fn called(election: &Election, place: usize, words: &[&str]) -> bool {
    let name = election.options()[place].as_str().trim().to_lowercase();
    words.contains(&name.as_str())
}

fn pass_rule(
    arguments: &TallyArgs,
    election: &Election,
    usual: Threshold,
) -> Result<PassRule, String> {
    let abstain = match &arguments.abstain {
        Some(name) => Some(option(election, name)?),
        None => (0..election.options().len()).find(|place| called(election, *place, ABSTAIN)),
    };
    let of = match arguments.of.as_str() {
        "cast" => Base::Cast,
        "present" => Base::Present,
        number => {
            let number: u64 = number.parse().map_err(|_| {
                format!("--of {number}: say cast, present, or the number of those who may vote")
            })?;
            let unit = 10u64.pow(u32::from(election.weight_places()));
            Base::Eligible(number.saturating_mul(unit))
        }
    };
    Ok(PassRule {
        threshold: threshold(arguments, usual)?,
        of,
        abstain,
    })
}

/// `2/3`, `60%` or `60`.
fn threshold(arguments: &TallyArgs, usual: Threshold) -> Result<Threshold, String> {
    let usual = Threshold {
        reaching_is_enough: arguments.at_least
            || (usual.reaching_is_enough && !arguments.more_than),
        ..usual
    };
    let Some(text) = &arguments.threshold else {
        return Ok(usual);
    };
    let wrong = |_| format!("--threshold {text}: write a part such as 2/3 or 60%");
    let (numerator, denominator) = match text.split_once('/') {
        Some((numerator, denominator)) => (
            numerator.trim().parse().map_err(wrong)?,
            denominator.trim().parse().map_err(wrong)?,
        ),
        None => (
            text.trim_end_matches('%').trim().parse().map_err(wrong)?,
            100,
        ),
    };
    Ok(Threshold {
        numerator,
        denominator,
        ..usual
    })
}

fn consent(arguments: &TallyArgs, election: &Election) -> Result<Consent, String> {
    for name in arguments
        .agree
        .iter()
        .chain(&arguments.aside)
        .chain(&arguments.object)
    {
        option(election, name)?;
    }
    let named = |names: &[String], place: usize| {
        let own = election.options()[place].as_str();
        names.iter().any(|name| name == own)
    };
    let stance = |place: usize| {
        let abstain: Vec<String> = arguments.abstain.iter().cloned().collect();
        let said = [
            (&arguments.agree, AGREE, Stance::Agree),
            (&arguments.aside, ASIDE, Stance::StandAside),
            (&arguments.object, OBJECT, Stance::Object),
            (&abstain, ABSTAIN, Stance::Abstain),
        ];
        let by_name = said.iter().find(|(names, _, _)| named(names, place));
        let by_word = || {
            said.iter()
                .find(|(_, words, _)| called(election, place, words))
        };
        let found = by_name.or_else(by_word).map(|(_, _, stance)| *stance);
        let name = &election.options()[place];
        found.ok_or_else(|| {
            format!("what does “{name}” mean? say it with --agree, --aside, --abstain or --object")
        })
    };
    let stances = (0..election.options().len()).map(stance);
    let unit = 10u64.pow(u32::from(election.weight_places()));
    Ok(Consent {
        stances: stances.collect::<Result<_, _>>()?,
        objections_allowed: arguments.objections.saturating_mul(unit),
    })
}

fn gradients(arguments: &TallyArgs, election: &Election) -> Result<Gradients, String> {
    let levels = election.options().len();
    Ok(Gradients {
        support: arguments.support.unwrap_or((levels / 2).max(1)),
        block: arguments.block.min(levels.saturating_sub(1)),
        threshold: threshold(arguments, Threshold::TWO_THIRDS)?,
    })
}

fn scale(arguments: &TallyArgs, election: &Election) -> Result<Scale, String> {
    if let Some(text) = &arguments.scale {
        // The first character may be the sign of the lowest mark.
        let middle = text
            .char_indices()
            .skip(1)
            .find(|(_, c)| *c == '-')
            .map(|(at, _)| at);
        let parts = middle.map(|at| (text[..at].trim().parse(), text[at + 1..].trim().parse()));
        let Some((Ok(lowest), Ok(highest))) = parts else {
            return Err(format!(
                "--scale {text}: write the lowest and the highest mark, such as 0-5"
            ));
        };
        return Ok(Scale { lowest, highest });
    }
    let (mut lowest, mut highest) = (0, 1);
    for (marks, _) in election.markings() {
        for (_, mark) in marks {
            lowest = lowest.min(mark);
            highest = highest.max(mark);
        }
    }
    Ok(Scale { lowest, highest })
}

fn most_spent(election: &Election) -> u32 {
    let spent = election.markings().map(|(marks, _)| {
        let dots = marks.iter().map(|(_, mark)| i64::from(*mark).max(0));
        u32::try_from(dots.sum::<i64>()).unwrap_or(u32::MAX)
    });
    spent.max().unwrap_or(0)
}
