use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use super::StoredFile;
use crate::ids::{FileId, PersonId};
use crate::schema::{files, partnerships};

pub(super) fn insert(
    conn: &mut Conn,
    file: &StoredFile,
    by: Option<&PersonId>,
) -> Result<(), DbError> {
    diesel::insert_into(files::table)
        .values((
            files::id.eq(&file.id),
            files::partnership_id.eq(&file.partnership_id),
            files::name.eq(&file.name),
            files::media_type.eq(&file.media_type),
            files::size.eq(file.size),
            files::sha256.eq(&file.sha256),
            files::purpose.eq(&file.purpose),
            files::uploaded_by.eq(by),
            files::created_at.eq(file.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &FileId,
) -> Result<Option<StoredFile>, DbError> {
    Ok(files::table
        .filter(files::id.eq(id))
        .filter(files::partnership_id.eq(partnership))
        .select(StoredFile::as_select())
        .first(conn)
        .optional()?)
}

/// The logo of the partnership with this slug.
pub(super) fn logo(conn: &mut Conn, slug: &str) -> Result<Option<StoredFile>, DbError> {
    Ok(files::table
        .inner_join(
            partnerships::table.on(partnerships::logo_file_id
                .assume_not_null()
                .eq(files::id)
                .and(partnerships::id.eq(files::partnership_id))),
        )
        .filter(partnerships::slug.eq(slug))
        .select(StoredFile::as_select())
        .first(conn)
        .optional()?)
}
