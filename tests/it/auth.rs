mod cross_site;
mod jwt;
mod sessions;
