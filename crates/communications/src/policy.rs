//! Who may do what with campaigns, contacts and suppressions, on one page.

use backbone_identity::permissions;

permissions! {
    /// See campaigns, their progress and who received them.
    SeeCampaigns = "campaign.see", Read, [Staff, Admin];
    /// Draft and change campaigns, choose recipients, send a test to oneself.
    EditCampaigns = "campaign.edit", Write, [Staff, Admin];
    /// Send, pause, resume, cancel, and try failed deliveries again.
    SendCampaigns = "campaign.send", Write, [Staff, Admin];
    /// Read what oneself received by mail, with what changed since, and one's own questions.
    SeeReceived = "received.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// See the people outside the partnership whom it writes to.
    SeeContacts = "contact.see", Read, [Staff, Admin];
    /// Add, change and remove contacts.
    EditContacts = "contact.edit", Write, [Staff, Admin];
    /// See who is not written to, and why.
    SeeSuppressions = "suppression.see", Read, [Staff, Admin];
    /// Add and remove suppressions.
    EditSuppressions = "suppression.edit", Write, [Staff, Admin];
}
