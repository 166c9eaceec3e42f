mod giving;
mod homes;
mod kept;
mod measuring;
mod walk;
