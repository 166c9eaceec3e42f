//! Who takes part in the demo. All names are invented.

use backbone_identity::Role;

/// An organization of the demo.
pub struct Organization {
    pub name: &'static str,
    pub role: &'static str,
    pub sector: &'static str,
    /// Whether its name may be told to the public.
    pub public_name: bool,
    pub website: &'static str,
    pub people: &'static [Person],
    pub giving: &'static [Giving],
}

/// A person of an organization.
pub struct Person {
    pub name: &'static str,
    pub email: &'static str,
    pub roles: &'static [Role],
}

/// What an organization usually gives in a month.
pub struct Giving {
    pub kind: Kind,
    pub activity: &'static str,
    /// Hours for time and talent, major units of money for the others.
    pub usual: i64,
    /// Every so many months.
    pub every: u32,
    /// From which of the 18 months on, 0 being the first.
    pub from: u32,
}

/// What kind, with what that kind needs besides.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Work of this role, by so many people.
    Time(&'static str, i32),
    /// A skill, at the rate of this role.
    Talent(&'static str, &'static str),
    Money,
    /// A thing, and on what its value rests.
    Thing(&'static str),
}

const fn person(name: &'static str, email: &'static str, roles: &'static [Role]) -> Person {
    Person { name, email, roles }
}

const fn gives(kind: Kind, activity: &'static str, usual: i64, every: u32, from: u32) -> Giving {
    Giving {
        kind,
        activity,
        usual,
        every,
        from,
    }
}

/// Roles of work and what an hour is worth, in euros, and where the figure comes from.
pub const RATES: &[(&str, i64, &str)] = &[
    (
        "Volunteer mentor",
        24,
        "Decision of the council, replacement cost of social work assistants",
    ),
    (
        "Workplace supervisor",
        38,
        "Collective agreement logistics, scale 6, with employer's costs",
    ),
    (
        "Professional trainer",
        62,
        "Average of three quotes, first year",
    ),
    (
        "Coordinator",
        45,
        "Collective agreement social work, scale 8, with employer's costs",
    ),
];

use Kind::{Money, Talent, Thing, Time};
use Role::{Admin, Community, Contributor, Funder, Leader, Staff};

/// Everybody, the backbone organization first.
pub const CAST: &[Organization] = &[
    Organization {
        name: "Harbour Backbone Office",
        role: "backbone",
        sector: "civil",
        public_name: true,
        website: "https://office.first-job.example",
        people: &[
            person("Noor Bakker", "noor@first-job.example", &[Staff, Admin]),
            person("Elif Demir", "elif@first-job.example", &[Staff]),
        ],
        giving: &[gives(
            Time("Coordinator", 2),
            "Coordinating the partnership",
            64,
            1,
            0,
        )],
    },
    Organization {
        name: "Harbour City Council",
        role: "partner",
        sector: "public",
        public_name: true,
        website: "https://council.example",
        people: &[person(
            "Pieter Vos",
            "pieter@council.example",
            &[Contributor, Leader],
        )],
        giving: &[
            gives(
                Time("Coordinator", 1),
                "Outreach to young people without school or work",
                36,
                1,
                0,
            ),
            gives(
                Thing("Meeting rooms in the district office"),
                "Space for mentor evenings",
                480,
                2,
                1,
            ),
        ],
    },
    Organization {
        name: "Merwe College",
        role: "partner",
        sector: "public",
        public_name: true,
        website: "https://merwe.example",
        people: &[person(
            "Ayşe Yıldız",
            "ayse@merwe.example",
            &[Contributor, Leader],
        )],
        giving: &[
            gives(
                Time("Coordinator", 3),
                "Talks with final-year students",
                52,
                1,
                0,
            ),
            gives(
                Talent("Career testing", "Professional trainer"),
                "Career tests",
                14,
                3,
                2,
            ),
        ],
    },
    Organization {
        name: "Job Centre East",
        role: "partner",
        sector: "public",
        public_name: true,
        website: "https://jobcentre-east.example",
        people: &[person(
            "Jan-Willem de Graaf",
            "janwillem@jobcentre-east.example",
            &[Contributor],
        )],
        giving: &[gives(
            Time("Coordinator", 2),
            "Matching young people with workplaces",
            44,
            1,
            0,
        )],
    },
    Organization {
        name: "Harbour Health Service",
        role: "partner",
        sector: "public",
        public_name: true,
        website: "https://health.example",
        people: &[person(
            "Farida El Amrani",
            "farida@health.example",
            &[Contributor],
        )],
        giving: &[gives(
            Talent("Resilience training", "Professional trainer"),
            "Resilience groups",
            18,
            2,
            3,
        )],
    },
    Organization {
        name: "Port Logistics Group",
        role: "partner",
        sector: "private",
        public_name: true,
        website: "https://portlogistics.example",
        people: &[person(
            "Marco van Rijn",
            "marco@portlogistics.example",
            &[Contributor, Leader],
        )],
        giving: &[
            gives(
                Time("Workplace supervisor", 8),
                "Supervising apprentices in the warehouse",
                120,
                1,
                1,
            ),
            gives(Money, "Safety shoes and transport passes", 1500, 3, 2),
        ],
    },
    Organization {
        name: "Van Dam Shipyard",
        role: "partner",
        sector: "private",
        public_name: true,
        website: "https://vandam.example",
        people: &[person(
            "Greta van Dam",
            "greta@vandam.example",
            &[Contributor],
        )],
        giving: &[
            gives(
                Time("Workplace supervisor", 5),
                "Welding apprenticeships",
                86,
                1,
                4,
            ),
            gives(
                Thing("Welding bench, second-hand"),
                "Practice workshop",
                3200,
                9,
                6,
            ),
        ],
    },
    Organization {
        name: "Bright Kitchens",
        role: "partner",
        sector: "private",
        public_name: false,
        website: "https://brightkitchens.example",
        people: &[person(
            "Samuel Osei",
            "samuel@brightkitchens.example",
            &[Contributor],
        )],
        giving: &[gives(
            Time("Workplace supervisor", 3),
            "Trial weeks in three kitchens",
            40,
            1,
            5,
        )],
    },
    Organization {
        name: "Tide Software",
        role: "partner",
        sector: "private",
        public_name: true,
        website: "https://tide.example",
        people: &[person("Lin Chen", "lin@tide.example", &[Contributor])],
        giving: &[
            gives(
                Talent("Software", "Professional trainer"),
                "Coding club on Thursdays",
                16,
                1,
                2,
            ),
            gives(
                Thing("Twelve refurbished laptops"),
                "Coding club",
                2640,
                12,
                4,
            ),
        ],
    },
    Organization {
        name: "Delta Housing",
        role: "partner",
        sector: "civil",
        public_name: true,
        website: "https://delta-housing.example",
        people: &[person(
            "Ruud Jansen",
            "ruud@delta-housing.example",
            &[Contributor],
        )],
        giving: &[gives(
            Time("Workplace supervisor", 2),
            "Caretaker apprenticeships",
            30,
            1,
            3,
        )],
    },
    Organization {
        name: "Mentor Circle Foundation",
        role: "partner",
        sector: "civil",
        public_name: true,
        website: "https://mentorcircle.example",
        people: &[person(
            "Ilse Hoekstra",
            "ilse@mentorcircle.example",
            &[Contributor, Leader],
        )],
        giving: &[
            gives(Time("Volunteer mentor", 26), "Mentor talks", 140, 1, 0),
            gives(
                Talent("Training mentors", "Professional trainer"),
                "Training new mentors",
                12,
                3,
                0,
            ),
        ],
    },
    Organization {
        name: "Harbour Youth Work",
        role: "partner",
        sector: "civil",
        public_name: true,
        website: "https://youthwork.example",
        people: &[person(
            "Kwame Mensah",
            "kwame@youthwork.example",
            &[Contributor],
        )],
        giving: &[gives(
            Time("Coordinator", 4),
            "Street work and first talks",
            72,
            1,
            0,
        )],
    },
    Organization {
        name: "Library of the Quays",
        role: "partner",
        sector: "civil",
        public_name: true,
        website: "https://quays-library.example",
        people: &[person(
            "Hanneke Smit",
            "hanneke@quays-library.example",
            &[Contributor],
        )],
        giving: &[gives(
            Time("Volunteer mentor", 6),
            "Application letters, Tuesday evenings",
            28,
            1,
            1,
        )],
    },
    Organization {
        name: "Craft Guild North",
        role: "partner",
        sector: "civil",
        public_name: true,
        website: "https://craftguild.example",
        people: &[person(
            "Dirk Post",
            "dirk@craftguild.example",
            &[Contributor],
        )],
        giving: &[gives(
            Time("Workplace supervisor", 4),
            "Taster days in the workshops",
            34,
            2,
            2,
        )],
    },
    Organization {
        name: "Neighbours' Council Quays",
        role: "community",
        sector: "civil",
        public_name: true,
        website: "",
        people: &[person(
            "Fatima Bouzid",
            "fatima@quays.example",
            &[Community, Contributor],
        )],
        giving: &[gives(
            Time("Volunteer mentor", 5),
            "Kitchen-table talks with parents",
            18,
            1,
            6,
        )],
    },
    Organization {
        name: "Quayside Foundation",
        role: "funder",
        sector: "civil",
        public_name: true,
        website: "https://quayside.example",
        people: &[person(
            "Mireille Dubois",
            "mireille@quayside.example",
            &[Funder],
        )],
        giving: &[gives(Money, "Grant, quarterly part", 18000, 3, 0)],
    },
    Organization {
        name: "Lantern Fund",
        role: "funder",
        sector: "private",
        public_name: true,
        website: "https://lantern.example",
        people: &[person(
            "Oskar Lindqvist",
            "oskar@lantern.example",
            &[Funder],
        )],
        giving: &[gives(Money, "Grant, half-yearly part", 15000, 6, 2)],
    },
    Organization {
        name: "Provincial Skills Programme",
        role: "funder",
        sector: "public",
        public_name: true,
        website: "https://skills.example",
        people: &[person("Saskia Meijer", "saskia@skills.example", &[Funder])],
        giving: &[gives(Money, "Subsidy, half-yearly part", 22000, 6, 4)],
    },
];
