//! Who may do what with decisions, on one page. Details (a seat in the body) are asked by the verbs.

use backbone_identity::permissions;

permissions! {
    /// See bodies, seats, frameworks, proposals and outcomes.
    SeeDecisions = "decision.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Set up bodies and seats, and pass seats on.
    ManageBodies = "body.manage", Write, [Staff, Admin];
    /// Write down by which norms a body decides.
    ManageFrameworks = "framework.manage", Write, [Staff, Admin];
}
