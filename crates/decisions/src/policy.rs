//! Who may do what with decisions, on one page. Details (a seat in the body) are asked by the verbs.

use backbone_identity::permissions;

permissions! {
    /// See bodies, seats, frameworks, proposals and outcomes.
    SeeDecisions = "decision.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Set up bodies and seats, and pass seats on.
    ManageBodies = "body.manage", Write, [Staff, Admin];
    /// Write down by which norms a body decides.
    ManageFrameworks = "framework.manage", Write, [Staff, Admin];
    /// Propose, and move one's own proposal on: those with a seat, and staff.
    Propose = "decision.propose", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
    /// Speak about a proposal: those with a seat, and staff.
    CommentOnDecision = "decision.comment", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
    /// Vote for a seat that one may act for, and give or take back its proxies.
    CastBallot = "ballot.cast", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
    /// Say to one's own organization what one thinks of a proposal, before its seat votes.
    GiveOpinion = "opinion.give", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
    /// Bring decisions over that were taken elsewhere.
    ImportDecisions = "decision.import", Write, [Staff, Admin];
    /// Declare what one's organization, or oneself, stands to win or lose by, and say when that is over.
    DeclareInterest = "interest.declare", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
    /// Say how a commitment of one's organization goes.
    ReportCommitment = "commitment.report", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
    /// See meetings: their agenda, who comes, their minutes.
    SeeMeetings = "meeting.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Plan meetings, and hold those that one leads or notes: those with a seat, and staff.
    HoldMeetings = "meeting.hold", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
    /// Answer an invitation, and say that one is there.
    AttendMeetings = "meeting.attend", Write, [Staff, Admin, Contributor, Leader, Funder, Community];
}
