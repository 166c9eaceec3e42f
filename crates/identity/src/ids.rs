use backbone_db::id;

id!(
    /// Identifies a partnership, the tenant.
    PartnershipId
);
id!(
    /// Identifies an organization within a partnership.
    OrganizationId
);
id!(
    /// Identifies a person, an account.
    PersonId
);
id!(
    /// Identifies a person's membership of a partnership.
    MembershipId
);
id!(
    /// Identifies an invitation.
    InvitationId
);
id!(
    /// Identifies an API key.
    ApiKeyId
);
id!(
    /// Identifies a family of refresh tokens: one sign-in of one program.
    TokenFamilyId
);
id!(
    /// Identifies a signed link.
    AccessLinkId
);
id!(
    /// Identifies an uploaded file.
    FileId
);
