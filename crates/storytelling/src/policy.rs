//! Who may do what with value models and stories.

use backbone_identity::permissions;

permissions! {
    /// Read value models, their calculations, versions and proxies.
    SeeValueModels = "value_model.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Make, change, freeze and retire value models.
    EditValueModels = "value_model.edit", Write, [Staff, Admin];
    /// Keep the library of financial proxies.
    EditProxies = "proxy.edit", Write, [Staff, Admin];
}
