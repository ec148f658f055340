package dev.firebreak.chatops.grammar;

import static dev.firebreak.chatops.grammar.Verb.verb;

import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import java.util.List;
import java.util.stream.IntStream;

/// The verbs about who may ask.
final class PeopleVerbs {

    private static final int DEFAULT_DAYS = 30;
    private static final int MAX_DAYS = 366;

    static final List<Verb> ALL =
            List.of(
                    verb("whoami", "", "says who you are here and what you may do", "whoami")
                            .makes(_ -> new Request.WhoAmI()),
                    verb("help", "[VERB]", "shows what can be typed", "help contain")
                            .argumentIfAny("VERB")
                            .argumentIfAny("VERB")
                            .makes(PeopleVerbs::help),
                    verb("responders", "", "lists who may ask", "responders")
                            .makes(_ -> new Request.ListResponders()),
                    verb(
                                    "responders add",
                                    "NAME --role viewer|responder|approver|admin",
                                    "lets somebody ask",
                                    "responders add ann --role responder")
                            .fromTerminalOnly()
                            .argument("NAME")
                            .required("--role", "ROLE")
                            .makes(given -> new Request.EnlistResponder(name(given), role(given))),
                    verb(
                                    "responders role",
                                    "NAME --role viewer|responder|approver|admin",
                                    "changes what somebody may ask",
                                    "responders role ann --role approver")
                            .fromTerminalOnly()
                            .argument("NAME")
                            .required("--role", "ROLE")
                            .makes(given -> new Request.ChangeRole(name(given), role(given))),
                    verb(
                                    "responders dismiss",
                                    "NAME",
                                    "accepts nothing from them any more",
                                    "responders dismiss ann")
                            .fromTerminalOnly()
                            .argument("NAME")
                            .makes(given -> new Request.DismissResponder(name(given))),
                    verb(
                                    "responders link",
                                    "NAME --slack TEAM/USER",
                                    "says which Slack user somebody is",
                                    "responders link ann --slack T0001/U2147483697")
                            .fromTerminalOnly()
                            .argument("NAME")
                            .required("--slack", "TEAM/USER")
                            .makes(given -> new Request.LinkSlackUser(name(given), slack(given))),
                    verb(
                                    "responders unlink",
                                    "NAME --slack TEAM/USER",
                                    "takes that back",
                                    "responders unlink ann --slack T0001/U2147483697")
                            .fromTerminalOnly()
                            .argument("NAME")
                            .required("--slack", "TEAM/USER")
                            .makes(given -> new Request.UnlinkSlackUser(name(given), slack(given))),
                    verb(
                                    "responders token",
                                    "NAME [--days N]",
                                    "makes a bearer token, shown once",
                                    "responders token ann --days 30")
                            .fromTerminalOnly()
                            .argument("NAME")
                            .value("--days", "N")
                            .makes(given ->
                                    new Request.IssueToken(
                                            name(given),
                                            given.or("--days", DEFAULT_DAYS, PeopleVerbs::days))),
                    verb(
                                    "responders revoke-token",
                                    "NAME TOKEN-ID",
                                    "makes a token worthless",
                                    "responders revoke-token ann k3f9")
                            .fromTerminalOnly()
                            .argument("NAME")
                            .argument("TOKEN-ID")
                            .makes(given ->
                                    new Request.RevokeToken(
                                            name(given), given.at(1, PeopleVerbs::id))));

    private PeopleVerbs() {}

    private static Request help(Given given) {
        return new Request.Help(
                IntStream.range(0, given.arguments())
                        .mapToObj(index -> given.at(index, text -> text))
                        .reduce((first, second) -> first + " " + second));
    }

    private static ResponderName name(Given given) {
        return given.at(0, ResponderName::new);
    }

    private static Role role(Given given) {
        return given.required("--role", text -> Given.oneOf("role", Role.values(), text));
    }

    private static SlackUser slack(Given given) {
        return given.required("--slack", SlackUser::parse);
    }

    private static String id(String text) {
        if (!text.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new InvalidTerm("'%s' is not a token's id.".formatted(Echo.of(text)));
        }
        return text;
    }

    private static int days(String text) {
        if (!text.matches("\\d{1,3}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MAX_DAYS) {
            throw new InvalidTerm(
                    "'%s' is not a number of days: a token lasts from 1 to %d."
                            .formatted(Echo.of(text), MAX_DAYS));
        }
        return Integer.parseInt(text);
    }
}
