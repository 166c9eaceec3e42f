//! Who may do what with people, organizations and the partnership itself.

use crate::permissions;

permissions! {
    /// See the partnership: its name, purpose and settings.
    SeePartnership = "partnership.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Change the partnership's settings.
    EditPartnership = "partnership.edit", Write, [Staff, Admin];
    /// See the organizations of the partnership.
    SeeOrganizations = "organization.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Add, change and deactivate organizations.
    EditOrganizations = "organization.edit", Write, [Staff, Admin];
    /// See the members and the invitations, with their addresses.
    SeePeople = "person.see", Read, [Staff, Admin];
    /// Invite people, resend and revoke invitations.
    InvitePeople = "person.invite", Write, [Staff, Admin];
    /// Change roles and organization of a member, end a membership.
    EditMemberships = "membership.edit", Write, [Staff, Admin];
    /// Close somebody's account or erase their personal data.
    ClosePeople = "person.close", Write, [Admin];
    /// See the API keys of the partnership.
    SeeApiKeys = "api_key.see", Read, [Staff, Admin];
    /// Make and revoke API keys.
    EditApiKeys = "api_key.edit", Write, [Staff, Admin];
    /// See the files of the partnership.
    SeeFiles = "file.see", Read, [Staff, Admin, Contributor, Leader, Community, ReadOnly];
    /// Upload a file.
    UploadFiles = "file.upload", Write, [Staff, Admin, Contributor, Leader, Community];
}
