mod leases;
mod schedules;
