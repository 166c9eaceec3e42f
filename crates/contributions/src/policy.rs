//! Who may do what with contributions, on one page.

use backbone_identity::permissions;

permissions! {
    /// See what was given, by whom, and what it is worth.
    SeeContributions = "contribution.see", Read, [Staff, Admin, Contributor, Leader, ReadOnly];
    /// Log a contribution: contributors for their own organization, staff for any.
    LogContribution = "contribution.log", Write, [Staff, Admin, Contributor];
    /// Correct or withdraw a contribution, or answer a question about it; the same limits as logging.
    CorrectContribution = "contribution.correct", Write, [Staff, Admin, Contributor];
    /// Verify a contribution, or ask about it.
    VerifyContribution = "contribution.verify", Write, [Staff, Admin];
    /// Take all contributions home as a file.
    ExportContributions = "contribution.export", Read, [Staff, Admin];
    /// See what an hour of each role of work is worth.
    SeeRates = "rate.see", Read, [Staff, Admin, Contributor, Leader, ReadOnly];
    /// Set what an hour of a role of work is worth from a day on.
    SetRates = "rate.set", Write, [Staff, Admin];
    /// See who was asked to log, and who did.
    SeeRequests = "contribution_request.see", Read, [Staff, Admin];
    /// Ask organizations to log what they gave.
    AskForContributions = "contribution_request.ask", Write, [Staff, Admin];
}
