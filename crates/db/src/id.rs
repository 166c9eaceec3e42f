use uuid::Uuid;

/// Declares an identifier: a UUIDv7 kept as lower-case text, sortable by the moment it was made.
///
/// `id!(MetricId)` gives a newtype with `new()`, `parse()`, `as_str()`, serde, diesel (`Text`) and OpenAPI.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            $crate::diesel::expression::AsExpression, $crate::diesel::deserialize::FromSqlRow,
            $crate::serde::Serialize, $crate::serde::Deserialize, $crate::utoipa::ToSchema,
        )]
        #[diesel(sql_type = $crate::diesel::sql_types::Text)]
        #[serde(crate = "::backbone_db::serde", try_from = "String")]
        #[schema(value_type = String, examples("0199a0c4-7c1e-7b4a-9d2e-3f6a5b8c1d20"))]
        pub struct $name(String);

        impl $name {
            /// A new identifier, later ones sorting after earlier ones.
            #[allow(clippy::new_without_default, reason = "each identifier is new; there is no default one")]
            pub fn new() -> Self {
                Self($crate::uuid::Uuid::now_v7().to_string())
            }
            /// Reads an identifier; anything that is not a UUID is refused.
            pub fn parse(text: &str) -> Result<Self, String> {
                $crate::parse_id(text).map(Self)
            }
            /// The text form, as stored and shown in addresses.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(s: String) -> Result<Self, String> {
                Self::parse(&s)
            }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                Self::parse(s)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<DB> $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB> for $name
        where
            DB: $crate::diesel::backend::Backend,
            String: $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut $crate::diesel::serialize::Output<'b, '_, DB>,
            ) -> $crate::diesel::serialize::Result {
                self.0.to_sql(out)
            }
        }
        impl<DB> $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB> for $name
        where
            DB: $crate::diesel::backend::Backend,
            String: $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> $crate::diesel::deserialize::Result<Self> {
                Ok(Self(<String as $crate::diesel::deserialize::FromSql<
                    $crate::diesel::sql_types::Text,
                    DB,
                >>::from_sql(bytes)?))
            }
        }
    };
}

/// Declares an enum stored and sent as text: `text_enum!(Role { Staff = "staff", Funder = "funder" })`.
///
/// Gives `as_str()`, `ALL`, `FromStr`, serde, diesel (`Text`) and OpenAPI. The table's CHECK lists the same words.
#[macro_export]
macro_rules! text_enum {
    // The words are plain tokens: the derive of the schema cannot read those that came as `literal`.
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:tt),+ $(,)? }) => {
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            $crate::diesel::expression::AsExpression, $crate::diesel::deserialize::FromSqlRow,
            $crate::serde::Serialize, $crate::serde::Deserialize, $crate::utoipa::ToSchema,
        )]
        $(#[$meta])*
        #[diesel(sql_type = $crate::diesel::sql_types::Text)]
        #[serde(crate = "::backbone_db::serde")]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The word used in the database, the API and message keys.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                match s {
                    $($text => Ok($name::$variant),)+
                    _ => Err(format!("{s:?} is not one of: {}", [$($text),+].join(", "))),
                }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl<DB> $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB> for $name
        where
            DB: $crate::diesel::backend::Backend,
            str: $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut $crate::diesel::serialize::Output<'b, '_, DB>,
            ) -> $crate::diesel::serialize::Result {
                self.as_str().to_sql(out)
            }
        }
        impl<DB> $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB> for $name
        where
            DB: $crate::diesel::backend::Backend,
            String: $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> $crate::diesel::deserialize::Result<Self> {
                let text = <String as $crate::diesel::deserialize::FromSql<
                    $crate::diesel::sql_types::Text,
                    DB,
                >>::from_sql(bytes)?;
                Ok(text.parse::<$name>()?)
            }
        }
    };
}

/// Checks that `text` is a UUID and returns its canonical form.
pub fn parse_id(text: &str) -> Result<String, String> {
    Uuid::parse_str(text)
        .map(|u| u.to_string())
        .map_err(|_| format!("{text:?} is not an identifier (a UUID)"))
}
