mod giving;
mod measuring;
mod walk;
