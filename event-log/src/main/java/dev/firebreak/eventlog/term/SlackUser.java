package dev.firebreak.eventlog.term;

/// A person in Slack by ids that cannot be renamed: workspace (`T…`) and user (`U…` or `W…`).
public record SlackUser(String team, String user) {

    public SlackUser {
        if (!team.matches("[TE][A-Z0-9]{1,20}") || !user.matches("[UW][A-Z0-9]{1,20}")) {
            throw new InvalidTerm(
                    "'%s/%s' is not a Slack identity: write TEAM-ID/USER-ID, like T0001/U2147483697."
                            .formatted(Words.printable(team), Words.printable(user)));
        }
    }

    /// Reads `T0001/U2147483697`.
    public static SlackUser parse(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? new SlackUser(text, "")
                : new SlackUser(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return team + "/" + user;
    }
}
