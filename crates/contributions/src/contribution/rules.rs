//! What may be logged, what it is worth, and which step may follow which. No clock, no database.

use backbone_db::{Currency, Dec, Money};
use backbone_identity::OrganizationId;
use backbone_ingest::{Period, Reading};
use backbone_web::{FieldError, Fields};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Content, Kind, NewContribution, Status, UsedRate};
use crate::rate::{Rate, rate_on, usual_role};

/// Hours a day and person above which somebody is asked whether they are meant.
const LARGE_HOURS_A_DAY: i64 = 12;
/// Value in major units above which somebody is asked whether it is meant.
const LARGE_VALUE: i64 = 250_000;
/// Most people in one entry.
const MOST_PEOPLE: i32 = 100_000;

/// What a contribution is checked against.
pub struct Terms<'a> {
    /// Who gives.
    pub organization_id: OrganizationId,
    /// The partnership's currency.
    pub currency: &'a Currency,
    /// Today, in the partnership's time zone.
    pub today: Date,
    /// All rates of the partnership.
    pub rates: &'a [Rate],
    /// How periods are read that are not in their stored form.
    pub reading: Reading,
    /// What was there before, when it is corrected: its rate is kept as long as role and period stay.
    pub before: Option<&'a Content>,
}

/// A step in the life of a contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Staff find it right.
    Verify,
    /// Staff ask.
    Query,
    /// The contributor answers in words.
    Answer,
    /// Somebody corrects it.
    Correct,
    /// Somebody takes it back.
    Withdraw,
}

/// The status after a step, or `None` when the step may not follow. A correction of something verified has to be looked at
/// again; a correction of something queried is an answer.
pub fn after(status: Status, step: Step) -> Option<Status> {
    use Status::{Answered, Logged, Queried, Verified, Withdrawn};
    match (status, step) {
        (Withdrawn, _) | (Verified, Step::Verify) => None,
        (_, Step::Verify) => Some(Verified),
        (_, Step::Query) => Some(Queried),
        (Queried, Step::Answer | Step::Correct) | (Answered, Step::Correct) => Some(Answered),
        (_, Step::Answer) => None,
        (_, Step::Correct) => Some(Logged),
        (_, Step::Withdraw) => Some(Withdrawn),
    }
}

/// Checks and values what somebody says they gave.
///
/// # Errors
/// All fields that are missing, wrong, or unusually large and not confirmed.
pub fn content(input: &NewContribution, terms: &Terms) -> Result<Content, Vec<FieldError>> {
    let mut f = Fields::new();
    let activity = f.text("activity", &input.activity, 200);
    let note = f.optional("note", &input.note, 2000);
    let period = period(&mut f, &input.period, terms);
    let people = people(&mut f, input.people);
    let mut content = Content {
        organization_id: terms.organization_id.clone(),
        kind: input.kind,
        // Replaced by an error below when there is none, so that the stand-in is never seen.
        period: period.unwrap_or_else(|| this_month(terms.today)),
        activity,
        hours: Dec::new(Decimal::ZERO),
        people,
        work_role: None,
        skill: None,
        rate: None,
        given: None,
        exchange_rate: None,
        description: None,
        basis: None,
        value: Money {
            minor: 0,
            currency: terms.currency.clone(),
        },
        evidence: input.evidence.clone(),
        note,
        metrics: input.metrics.clone(),
    };
    evidence(&mut f, &mut content);
    match input.kind {
        Kind::Time => hours(&mut f, input, terms, &mut content),
        Kind::Talent => {
            content.skill = Some(f.text("skill", input.skill.as_deref().unwrap_or(""), 120));
            hours(&mut f, input, terms, &mut content);
        }
        Kind::Treasure => amount(&mut f, input, terms, &mut content),
        Kind::InKind => {
            let description = input.description.as_deref().unwrap_or("");
            content.description = Some(f.text("description", description, 500));
            content.basis = input.basis;
            if input.basis.is_none() {
                f.fail("basis", "required");
            }
            amount(&mut f, input, terms, &mut content);
        }
    }
    let large = Decimal::from(LARGE_VALUE);
    if content.value.major() > large && !input.confirm_large {
        let field = if input.kind.has_hours() {
            "hours"
        } else {
            "amount"
        };
        if !f.has(field) {
            f.fail_with(
                field,
                "contribution-confirm-large",
                &[("max", large.to_string())],
            );
        }
    }
    f.finish().map_err(|p| p.fields)?;
    Ok(content)
}

fn period(f: &mut Fields, text: &str, terms: &Terms) -> Option<Period> {
    let today = terms.today;
    let text = text.trim();
    if text.is_empty() {
        f.fail("period", "required");
        return None;
    }
    let Ok(period) = text.parse::<Period>().or_else(|_| terms.reading.read(text)) else {
        f.fail_with(
            "period",
            "contribution-period",
            &[("text", text.to_string())],
        );
        return None;
    };
    if period.last_day() > today.last_of_month() {
        f.fail("period", "contribution-future");
        return None;
    }
    if period.days() > 1100 {
        f.fail("period", "contribution-period-too-long");
        return None;
    }
    Some(period)
}

fn this_month(today: Date) -> Period {
    // The clock's months lie between the years 1000 and 8999, so the second and third try are never needed.
    Period::month(today.year(), today.month())
        .or_else(|_| Period::day(today))
        .unwrap_or_else(|_| this_month(jiff::civil::date(2000, 1, 1)))
}

fn people(f: &mut Fields, people: Option<i32>) -> i32 {
    let people = people.unwrap_or(1);
    if !(1..=MOST_PEOPLE).contains(&people) {
        let args = [("min", "1".into()), ("max", MOST_PEOPLE.to_string())];
        f.fail_with("people", "out-of-range", &args);
    }
    people.clamp(1, MOST_PEOPLE)
}

fn evidence(f: &mut Fields, content: &mut Content) {
    let url = content.evidence.url.take().unwrap_or_default();
    let url = f.optional("evidence_url", &url, 1000);
    let web = url.starts_with("https://") || url.starts_with("http://");
    if !url.is_empty() && (!web || url.contains(char::is_whitespace)) {
        f.fail("evidence_url", "contribution-not-a-link");
    }
    content.evidence.url = (!url.is_empty()).then_some(url);
    if content.evidence.files.len() > 20 {
        f.fail_with("evidence", "contribution-too-many", &[("max", "20".into())]);
    }
    if content.metrics.len() > 20 {
        f.fail_with("metrics", "contribution-too-many", &[("max", "20".into())]);
    }
    if content
        .metrics
        .iter()
        .any(|m| backbone_db::parse_id(m).is_err())
    {
        f.fail("metrics", "not-understood");
    }
}

/// Hours, and their value: hours × hourly rate, rounded half to even to the minor unit.
fn hours(f: &mut Fields, input: &NewContribution, terms: &Terms, content: &mut Content) {
    let Some(hours) = input.hours.as_ref().map(Dec::get) else {
        f.fail("hours", "required");
        return;
    };
    if hours <= Decimal::ZERO {
        f.fail("hours", "contribution-not-positive");
        return;
    }
    if hours.normalize().scale() > 2 {
        f.fail_with("hours", "too-many-decimals", &[("max", "2".into())]);
        return;
    }
    let days = i64::from(content.period.days()) * i64::from(content.people);
    if hours > Decimal::from(24 * days) {
        f.fail_with(
            "hours",
            "contribution-more-than-a-day-has",
            &[("max", (24 * days).to_string())],
        );
        return;
    }
    if hours > Decimal::from(LARGE_HOURS_A_DAY * days) && !input.confirm_large {
        let most = (LARGE_HOURS_A_DAY * days).to_string();
        f.fail_with("hours", "contribution-confirm-large", &[("max", most)]);
    }
    content.hours = Dec::new(hours);
    content.work_role = work_role(f, input, terms);
    content.rate = rate(f, input, terms, content);
    if let Some(rate) = &content.rate {
        match Money::from_major(hours * rate.hourly.major(), terms.currency) {
            Some(value) => content.value = value,
            None => f.fail("hours", "contribution-too-large"),
        }
    }
}

fn work_role(f: &mut Fields, input: &NewContribution, terms: &Terms) -> Option<String> {
    let named = f.optional("work_role", input.work_role.as_deref().unwrap_or(""), 80);
    if named.is_empty() {
        return usual_role(terms.rates).map(str::to_string);
    }
    let known = terms
        .rates
        .iter()
        .find(|r| r.work_role.eq_ignore_ascii_case(&named));
    if known.is_none() && input.hourly_rate.is_none() {
        f.fail_with(
            "work_role",
            "contribution-unknown-work-role",
            &[("name", named.clone())],
        );
    }
    Some(known.map_or(named, |r| r.work_role.clone()))
}

fn rate(
    f: &mut Fields,
    input: &NewContribution,
    terms: &Terms,
    content: &Content,
) -> Option<UsedRate> {
    if let Some(hourly) = &input.hourly_rate {
        let reason = f.text(
            "rate_reason",
            input.rate_reason.as_deref().unwrap_or(""),
            500,
        );
        let hourly = money(f, "hourly_rate", hourly, terms.currency)?;
        return Some(UsedRate {
            rate_id: None,
            hourly,
            reason: Some(reason),
        });
    }
    let kept = terms.before.filter(|b| {
        b.kind.has_hours() && b.period == content.period && b.work_role == content.work_role
    });
    if let Some(rate) = kept
        .and_then(|b| b.rate.as_ref())
        .filter(|r| r.reason.is_none())
    {
        return Some(rate.clone());
    }
    let role = content.work_role.as_deref()?;
    let found = rate_on(terms.rates, role, content.period.start());
    if found.is_none() && input.work_role.is_some() && !f.has("work_role") {
        f.fail_with(
            "work_role",
            "contribution-no-rate-then",
            &[("name", role.to_string())],
        );
    }
    found.map(|r| UsedRate {
        rate_id: Some(r.id.clone()),
        hourly: r.hourly.clone(),
        reason: None,
    })
}

/// An amount of money and its value: as it is, or times the exchange rate that was given.
fn amount(f: &mut Fields, input: &NewContribution, terms: &Terms, content: &mut Content) {
    let Some(amount) = &input.amount else {
        f.fail("amount", "required");
        return;
    };
    let currency = input.currency.as_ref().unwrap_or(terms.currency);
    let Some(given) = money(f, "amount", amount, currency) else {
        return;
    };
    if given.minor == 0 {
        f.fail("amount", "contribution-not-positive");
    }
    let value = if currency == terms.currency {
        Some(given.clone())
    } else {
        let exchange = input.exchange_rate.as_ref().map(Dec::get);
        let Some(exchange) = exchange.filter(|e| *e > Decimal::ZERO) else {
            let args = [
                ("from", currency.to_string()),
                ("to", terms.currency.to_string()),
            ];
            f.fail_with("exchange_rate", "contribution-exchange-rate", &args);
            return;
        };
        content.exchange_rate = Some(Dec::new(exchange));
        let worth = given.major().checked_mul(exchange);
        worth.and_then(|w| Money::from_major(w, terms.currency))
    };
    match value {
        Some(value) => content.value = value,
        None => f.fail("amount", "contribution-too-large"),
    }
    content.given = Some(given);
}

fn money(f: &mut Fields, field: &str, amount: &Dec, currency: &Currency) -> Option<Money> {
    let amount = amount.get();
    if amount < Decimal::ZERO {
        f.fail(field, "contribution-not-positive");
        return None;
    }
    if amount.normalize().scale() > currency.exponent() {
        let max = currency.exponent().to_string();
        f.fail_with(field, "too-many-decimals", &[("max", max)]);
        return None;
    }
    // A thousand thousand million in major units leaves room for sums of millions of rows.
    let fits = amount <= Decimal::from(1_000_000_000_000i64);
    let money = fits.then(|| Money::from_major(amount, currency)).flatten();
    if money.is_none() {
        f.fail(field, "contribution-too-large");
    }
    money
}
