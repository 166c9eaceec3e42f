mod disk;
mod hostile;
mod kills;
mod letters;
mod parallel;
mod postgres;
mod stopping;
