mod leases;
mod schedules;
mod signed;
