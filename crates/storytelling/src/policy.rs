//! Who may do what with value models and stories.

use backbone_identity::permissions;

permissions! {
    /// Read value models, their calculations, versions and proxies.
    SeeValueModels = "value_model.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Make, change, freeze and retire value models.
    EditValueModels = "value_model.edit", Write, [Staff, Admin];
    /// Read stories in every state, with their checks, editions and what changed since.
    SeeStories = "story.see", Read, [Staff, Admin, Leader, ReadOnly];
    /// Write stories and keep story templates.
    EditStories = "story.edit", Write, [Staff, Admin];
    /// Approve a story, or send it back.
    ApproveStories = "story.approve", Write, [Staff, Admin, Leader];
    /// Publish and withdraw stories, renew and revoke their links, choose what stands on the public page.
    PublishStories = "story.publish", Write, [Staff, Admin];
    /// Read what readers asked about figures, with who they are, and what was answered.
    SeeQuestions = "question.see", Read, [Staff, Admin];
    /// Answer readers' questions, set them aside, choose what stands beside a figure.
    AnswerQuestions = "question.answer", Write, [Staff, Admin];
    /// Keep the library of financial proxies.
    EditProxies = "proxy.edit", Write, [Staff, Admin];
}
