use backbone_db::text_enum;

text_enum!(
    /// What a person is in a partnership. One person may have several roles.
    Role {
        /// Coordinates: works for the backbone organization.
        Staff = "staff",
        /// Sets the partnership up and manages its people.
        Admin = "admin",
        /// Logs contributions and measurements for a partner organization.
        Contributor = "contributor",
        /// Leads: commits to goals, signs off.
        Leader = "leader",
        /// Gives means and reads stories.
        Funder = "funder",
        /// Speaks for the people concerned.
        Community = "community",
        /// Sees what members see, changes nothing.
        ReadOnly = "read_only",
    }
);

text_enum!(
    /// What an organization is in the partnership.
    OrganizationRole {
        /// Coordinates the partnership.
        Backbone = "backbone",
        /// Takes part.
        Partner = "partner",
        /// Gives means.
        Funder = "funder",
        /// Speaks for the people concerned.
        Community = "community",
    }
);

text_enum!(
    /// The sector an organization belongs to.
    Sector {
        /// Government and its services.
        Public = "public",
        /// Business.
        Private = "private",
        /// Associations, foundations, residents.
        Civil = "civil",
    }
);

/// Reads the stored list of roles; unknown words (of a later version) are passed over.
pub fn roles_from_text(text: &str) -> Vec<Role> {
    text.split_whitespace()
        .filter_map(|w| w.parse().ok())
        .collect()
}

/// Writes a list of roles for storing, each once, in the order of declaration.
pub fn roles_to_text(roles: &[Role]) -> String {
    let words: Vec<&str> = Role::ALL
        .iter()
        .filter(|r| roles.contains(r))
        .map(|r| r.as_str())
        .collect();
    words.join(" ")
}
