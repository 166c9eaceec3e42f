use backbone_identity::permissions;

permissions! {
    /// Open the home page.
    SeeHome = "home.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// See what was asked in minutes: staff of everybody, others of their own organization.
    SeeBurden = "burden.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// See what an organization gave, what it moved and how it takes part.
    SeeValue = "value.see", Read, [Staff, Admin, Contributor, Leader, ReadOnly];
    /// Read the leader's page.
    SeeFortnight = "fortnight.see", Read, [Staff, Admin, Leader];
    /// Find things by name and content; each only by who may see it.
    Search = "search.use", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Put a line of the home page aside, and take it up again.
    Snooze = "attention.snooze", Write, [Staff, Admin];
    /// Read the log of what happened.
    SeeTimeline = "timeline.see", Read, [Staff, Admin, Leader, ReadOnly];
    /// Walk the chain behind or ahead of an object.
    SeeTrace = "trace.see", Read, [Staff, Admin, Contributor, Leader, ReadOnly];
    /// See work that runs, waits or was given up.
    SeeJobs = "job.see", Read, [Staff, Admin];
    /// Have work that was given up tried again.
    RetryJobs = "job.retry", Write, [Staff, Admin];
    /// Take everything out.
    ExportEverything = "partnership.export", Read, [Admin];
    /// Read the local mailbox, where mail goes when no mail server is set.
    ReadMailbox = "mailbox.read", Read, [Staff, Admin];
}
