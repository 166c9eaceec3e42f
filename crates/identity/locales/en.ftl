role-staff = Backbone staff
role-admin = Administrator
role-contributor = Contributor
role-leader = Leader
role-funder = Funder
role-community = Community
role-read-only = Reader
