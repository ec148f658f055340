-- Which message in Slack is whose card. Rebuilding the views does not touch it: without it every
-- running containment would get a second card. A claim lets one replica at a time speak to Slack.
create schema if not exists chatops;

create table chatops.slack_card (
    containment   text        primary key,
    channel       text        not null,
    message       text        not null default '',
    shown         text        not null default '',
    over          boolean     not null default false,
    claimed_by    text        not null default '',
    claimed_until timestamptz not null default '-infinity',
    changed_at    timestamptz not null default now()
);

create index slack_card_unfinished on chatops.slack_card (changed_at desc) where not over;

grant usage on schema chatops to ${application_role};
grant select, insert, update on chatops.slack_card to ${application_role};
