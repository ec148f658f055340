-- Which of Slack's signatures were used, so that each works once whichever replica it comes to. Rows
-- are deleted when their signature is too old to be accepted anyway. Rebuilding the views does not
-- touch it.
create table chatops.slack_signature (
    digest  text        primary key,
    sent_at timestamptz not null
);

create index slack_signature_sent_at on chatops.slack_signature (sent_at);

grant select, insert, delete on chatops.slack_signature to ${application_role};
