mod accounts;
mod cross_site;
mod doors;
mod jwt;
mod sessions;
