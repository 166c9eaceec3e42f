role-staff = Backbonestaf
role-admin = Beheerder
role-contributor = Bijdrager
role-leader = Leider
role-funder = Financier
role-community = Gemeenschap
role-read-only = Lezer
