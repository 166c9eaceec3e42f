//! All real roots of a polynomial within an interval of the unit interval, without guesses.

/// Coefficients without zeros at either end, scaled so that the largest is 1; `None` if all are zero.
pub fn normalized(coefficients: &[f64]) -> Option<Vec<f64>> {
    let first = coefficients.iter().position(|c| *c != 0.0)?;
    let last = coefficients.iter().rposition(|c| *c != 0.0)?;
    Some(scaled(&coefficients[first..=last]))
}

/// How often the sign changes between neighbouring coefficients that are not zero. By Descartes' rule there
/// are at most so many positive roots, and exactly one if it changes once.
pub fn sign_changes(coefficients: &[f64]) -> usize {
    let signs: Vec<bool> = coefficients
        .iter()
        .filter(|c| **c != 0.0)
        .map(|c| *c > 0.0)
        .collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// The roots of `c₀ + c₁x + c₂x² + …` for `from ≤ x ≤ to`, ascending.
pub fn roots(coefficients: &[f64], from: f64, to: f64) -> Vec<f64> {
    let ladder = derivatives(coefficients);
    let mut turning: Vec<f64> = Vec::new();
    // From the derivative that has at most one root down to the polynomial itself.
    for polynomial in ladder.iter().rev() {
        turning = roots_between(polynomial, &turning, from, to);
    }
    turning
}

/// The polynomial and its derivatives, until one has at most one positive root. Each is scaled: only signs matter.
fn derivatives(coefficients: &[f64]) -> Vec<Vec<f64>> {
    let mut ladder = vec![scaled(coefficients)];
    while let Some(last) = ladder.last() {
        if sign_changes(last) <= 1 {
            break;
        }
        let next: Vec<f64> = last
            .iter()
            .enumerate()
            .skip(1)
            .map(|(power, c)| c * power as f64)
            .collect();
        ladder.push(scaled(&next));
    }
    ladder
}

/// The roots, given all points at which the slope changes sign: one at most between two neighbours.
fn roots_between(polynomial: &[f64], turning: &[f64], from: f64, to: f64) -> Vec<f64> {
    let mut edges = vec![from];
    edges.extend_from_slice(turning);
    edges.push(to);
    let signs: Vec<i8> = edges.iter().map(|x| sign_at(polynomial, *x)).collect();
    let mut found = Vec::new();
    for (i, pair) in edges.windows(2).enumerate() {
        // A zero at an edge is a root itself, taken once, where it begins a piece (or ends the last one).
        if signs[i] == 0 {
            found.push(pair[0]);
        } else if signs[i] * signs[i + 1] < 0 {
            found.push(bisect(polynomial, pair[0], pair[1], signs[i]));
        }
    }
    if signs.last() == Some(&0) {
        found.push(to);
    }
    found.dedup();
    found
}

/// Halves the piece until no float lies between its ends.
fn bisect(polynomial: &[f64], mut low: f64, mut high: f64, sign_low: i8) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        // Here the plain sign: only at turning points must rounding noise be told from a touch of zero.
        let value = value_and_noise(polynomial, middle).0;
        if value == 0.0 {
            return middle;
        }
        if (value > 0.0) == (sign_low > 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The sign at `x`; 0 when the value is no larger than what rounding alone can make it, which is how a
/// curve that touches zero without crossing it is recognized.
fn sign_at(polynomial: &[f64], x: f64) -> i8 {
    let (value, noise) = value_and_noise(polynomial, x);
    if value.abs() <= noise {
        0
    } else if value > 0.0 {
        1
    } else {
        -1
    }
}

/// Horner's value at `x`, and a bound of its rounding error.
fn value_and_noise(polynomial: &[f64], x: f64) -> (f64, f64) {
    let (value, size) = polynomial
        .iter()
        .rev()
        .fold((0.0, 0.0), |(value, size), c| {
            (value * x + c, size * x + c.abs())
        });
    (
        value,
        size * f64::EPSILON * 2.0 * (polynomial.len() as f64 + 1.0),
    )
}

fn scaled(coefficients: &[f64]) -> Vec<f64> {
    let largest = coefficients.iter().fold(0.0_f64, |a, c| a.max(c.abs()));
    if largest == 0.0 {
        return coefficients.to_vec();
    }
    coefficients.iter().map(|c| c / largest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_root_once() {
        // (x − 0.2)(x − 0.5)(x − 0.9)
        let three = [-0.09, 0.73, -1.6, 1.0];
        let found = roots(&three, 1e-6, 1.0);
        assert_eq!(found.len(), 3);
        for (root, expected) in found.iter().zip([0.2, 0.5, 0.9]) {
            assert!((root - expected).abs() < 1e-12, "{root}");
        }
        assert_eq!(
            roots(&[0.25, -1.0, 1.0], 1e-6, 1.0),
            [0.5],
            "a touch counts once"
        );
        assert_eq!(roots(&[-1.0, 1.0], 1e-6, 1.0), [1.0], "a root at the edge");
        assert!(roots(&[1.0, -1.0, 1.0], 1e-6, 1.0).is_empty());
        assert!(roots(&[1.0], 1e-6, 1.0).is_empty());
    }

    #[test]
    fn trims_and_counts_signs() {
        assert_eq!(normalized(&[0.0, 0.0]), None);
        assert_eq!(
            normalized(&[0.0, -4.0, 0.0, 2.0, 0.0]),
            Some(vec![-1.0, 0.0, 0.5])
        );
        assert_eq!(sign_changes(&[-1.0, 0.0, 2.0, 3.0, -1.0]), 2);
    }
}
