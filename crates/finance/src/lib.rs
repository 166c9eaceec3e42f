//! The exact mathematics of social return, without database, clock or language.
//!
//! - [`cash_flow`]: present values, net present value, benefit–cost ratio, payback, internal rate of return.
//! - [`sroi`]: a value model with low/base/high assumptions, every intermediate number of its calculation,
//!   which assumption matters most, and how much deadweight the result survives.
//! - [`money`]: amounts in minor units, splitting without losing a cent.
//! - [`share`]: several organizations' claims on one outcome, never above 100 %.
//!
//! # Precision
//!
//! All numbers are [`rust_decimal::Decimal`]: 96 bits of digits (28 significant) with at most 28 of them after
//! the point. Sums are exact within that; products and quotients are rounded once, at the 28th digit. Nothing
//! else is rounded: rounding for display is the caller's. Only the search for an internal rate of return works
//! in binary floating point; its result is rounded to [`cash_flow::RATE_DECIMALS`] decimals.
//! A result too large for a decimal (about 7.9 × 10²⁸) is [`FinanceError::Overflow`], never a panic.

pub mod cash_flow;
pub mod money;
pub mod number;
pub mod share;
pub mod sroi;

pub use number::FinanceError;
pub use rust_decimal::Decimal;
