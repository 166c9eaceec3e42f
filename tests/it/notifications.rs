//! Being told: the bell, its page, letters and summaries by mail, what each wants to hear of, and the calendar.

mod calendar;
mod told;
