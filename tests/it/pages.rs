mod giving;
mod homes;
mod measuring;
mod walk;
