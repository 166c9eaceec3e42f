mod giving;
mod homes;
mod kept;
mod links;
mod measuring;
mod partner;
mod preview;
mod walk;
