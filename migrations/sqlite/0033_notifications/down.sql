DROP TABLE calendar_links;
DROP TABLE notification_cursors;
DROP TABLE notification_hours;
DROP TABLE notification_choices;
DROP TABLE notifications;
