//! From values to pixels, and round numbers for the axis.

/// Values from `low` to `high`, drawn from pixel `from` to pixel `to`.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub from: f64,
    pub to: f64,
}

impl Scale {
    pub fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        if span <= 0.0 || !span.is_finite() {
            return self.from;
        }
        let part = ((value - self.low) / span).clamp(0.0, 1.0);
        self.from + part * (self.to - self.from)
    }
}

/// A round axis: `low`, and three steps up to the highest value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    pub low: f64,
    pub step: f64,
}

impl Axis {
    /// The axis for values from `least` to `most`. It starts at zero (or ends there, below it), unless the values
    /// lie so close together, and so far from zero, that their movement would not be seen.
    pub fn for_values(least: f64, most: f64) -> Self {
        let far = least.abs().min(most.abs()) > 4.0 * (most - least) && most > least;
        let crosses = least <= 0.0 && most >= 0.0;
        let (mut low, mut high) = (least, most);
        if !far || crosses {
            low = low.min(0.0);
            high = high.max(0.0);
        }
        if high <= low {
            high = low + 1.0;
        }
        let mut step = round_up((high - low) / 3.0);
        for _ in 0..8 {
            let start = (low / step).floor() * step;
            // A hair of tolerance: 0.3 is three steps of 0.1.
            if start + 3.0 * step >= high - step * 1e-9 {
                return Self { low: start, step };
            }
            step = round_up(step * 1.01);
        }
        Self {
            low,
            step: (high - low) / 3.0,
        }
    }

    pub fn high(&self) -> f64 {
        self.low + 3.0 * self.step
    }

    /// The axis itself and the three gridlines.
    pub fn ticks(&self) -> [f64; 4] {
        // Zero exactly, where rounding would make it −0 or 10⁻¹⁷.
        [0.0, 1.0, 2.0, 3.0].map(|i| {
            let tick = self.low + i * self.step;
            if tick.abs() < self.step * 1e-9 {
                0.0
            } else {
                tick
            }
        })
    }

    pub fn shows_zero(&self) -> bool {
        self.low <= self.step * 1e-9 && self.high() >= -self.step * 1e-9
    }
}

/// The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ⁿ that is not smaller.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    let round = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];
    let found = round
        .iter()
        .map(|r| r * power)
        .find(|r| *r >= value * (1.0 - 1e-9));
    found.unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_round_and_hold_their_values() {
        for (least, most, low, step, zero) in [
            (0.0, 10.0, 0.0, 4.0, true),
            (0.0, 0.0, 0.0, 0.4, true),
            (5.0, 5.0, 0.0, 2.0, true),
            (-5.0, -5.0, -6.0, 2.0, true),
            (96.0, 98.0, 96.0, 0.8, false),
            (-30.0, 60.0, -30.0, 30.0, true),
            (1.0, 300.0, 0.0, 100.0, true),
        ] {
            let axis = Axis::for_values(least, most);
            assert!(
                axis.low <= least && axis.high() >= most,
                "{least}..{most}: {axis:?}"
            );
            assert_eq!(
                (axis.low, axis.step, axis.shows_zero()),
                (low, step, zero),
                "{least}..{most}"
            );
        }
        for huge in [1e100_f64, -1e100, 1e-300] {
            let axis = Axis::for_values(huge.min(0.0), huge.max(0.0));
            assert!(axis.ticks().iter().all(|tick| tick.is_finite()), "{axis:?}");
        }
    }
}
