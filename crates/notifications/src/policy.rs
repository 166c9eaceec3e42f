//! Everybody may see what they are told, and choose; nobody sees what others are told.

use backbone_identity::permissions;

permissions! {
    /// See one's own notifications, and what one wants to hear of.
    SeeNotifications = "notification.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Mark one's own notifications as read, and choose what to hear of by mail.
    ChooseNotifications = "notification.choose", Write, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// See what is due for oneself.
    SeeCalendar = "calendar.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// Make and end the secret address of one's own calendar.
    ShareCalendar = "calendar.share", Write, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
}
