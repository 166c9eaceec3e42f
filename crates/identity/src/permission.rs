//! Permissions as types: a handler that takes [`crate::Allowed`]`<P>` runs only for those who hold `P`.

use crate::role::Role;

/// Whether a permission reads or changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Reads.
    Read,
    /// Changes something. API keys need the scope `write` for it.
    Write,
}

/// A right within a partnership. Declared with [`crate::permission!`] on the `policy` page of a domain.
pub trait Permission: 'static {
    /// Stable name, `object.verb`.
    const NAME: &'static str;
    /// Whether it changes anything.
    const SCOPE: Scope;
    /// The roles that hold it.
    const ROLES: &'static [Role];
}

/// A permission as data, for the documentation and the test that walks every operation with every role.
#[derive(Clone, Copy, Debug)]
pub struct PermissionInfo {
    /// Stable name.
    pub name: &'static str,
    /// Whether it changes anything.
    pub scope: Scope,
    /// The roles that hold it.
    pub roles: &'static [Role],
}

/// Declares the permissions of a domain and the list `ALL` of them:
///
/// ```ignore
/// permissions! {
///     /// Log a contribution for one's own organization.
///     LogContribution = "contribution.log", Write, [Staff, Admin, Contributor];
/// }
/// ```
#[macro_export]
macro_rules! permissions {
    ($($(#[$meta:meta])* $name:ident = $text:literal, $scope:ident, [$($role:ident),+ $(,)?];)+) => {
        $(
            $(#[$meta])*
            pub struct $name;
            impl $crate::Permission for $name {
                const NAME: &'static str = $text;
                const SCOPE: $crate::Scope = $crate::Scope::$scope;
                const ROLES: &'static [$crate::Role] = &[$($crate::Role::$role),+];
            }
        )+
        /// Every permission of this domain.
        pub const ALL: &[$crate::PermissionInfo] = &[
            $($crate::PermissionInfo {
                name: $text,
                scope: $crate::Scope::$scope,
                roles: &[$($crate::Role::$role),+],
            }),+
        ];
    };
}
