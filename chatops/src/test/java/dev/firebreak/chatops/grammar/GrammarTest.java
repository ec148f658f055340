package dev.firebreak.chatops.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.grammar.Parsed.Misunderstood;
import dev.firebreak.chatops.grammar.Parsed.Understood;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {

    private static final Grammar SLACK = Grammar.forSlack();
    private static final Grammar TERMINAL = Grammar.forTerminal();

    @Test
    void a_value_that_begins_with_a_dash_is_a_sentence_and_no_stack_trace() {
        assertThat(Grammar.forTerminal().parse(List.of("replay", "--at", "-1m")))
                .isInstanceOf(Parsed.Misunderstood.class);
    }

    @Test
    void the_first_word_of_several_verbs_names_them_all_when_asked_for_help() {
        assertThat(Grammar.forTerminal().help(Optional.of("responders")))
                .contains("responders add", "responders token");
        assertThat(Grammar.forSlack().help(Optional.of("responders")))
                .doesNotContain("responders add");
    }

    @Test
    void nothing_means_what_is_contained_now() {
        assertThat(request("")).isEqualTo(new Request.ShowActive());
        assertThat(request("   ")).isEqualTo(new Request.ShowActive());
    }

    @Test
    void a_contain_is_read_with_all_its_options() {
        var contain =
                contain(
                        "contain payments/checkout --to cidr/203.0.113.0/24 --ttl 30m"
                                + " --reason beaconing to a known C2 --direction egress"
                                + " --ports 443,5432/tcp --on host/web-1 --incident Q1PX");

        assertThat(contain.ask().subject()).hasToString("workload/payments/checkout");
        assertThat(contain.ask().peer()).hasToString("cidr/203.0.113.0/24");
        assertThat(contain.ask().direction()).isEqualTo(Direction.EGRESS);
        assertThat(contain.ask().ports()).hasToString("443/tcp,5432/tcp,443/udp");
        assertThat(contain.ask().on()).hasToString("[host/web-1]");
        assertThat(contain.ttl()).hasToString("30m");
        assertThat(contain.reason()).hasToString("beaconing to a known C2");
        assertThat(contain.incident()).hasToString("Q1PX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contain workload payments/checkout --ttl 5m --reason r",
                "contain workload/payments/checkout --ttl 5m --reason r",
                "contain payments/checkout --ttl 5m --reason r",
                "Contain payments/checkout --TTL 5m --Reason r",
            })
    void a_workload_may_be_written_in_several_ways(String line) {
        assertThat(contain(line).ask().subject()).hasToString("workload/payments/checkout");
    }

    @Test
    void lists_may_have_blanks_after_their_commas() {
        var contain =
                contain("contain a/b --ports 443, 80/tcp --on host/x, host/y --ttl 5m --reason r");

        assertThat(contain.ask().ports()).hasToString("80/tcp,443/tcp,443/udp");
        assertThat(contain.ask().on()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "it's down again|it's down again",
                "\"in quotes\"|in quotes",
                "'in quotes' and out|in quotes and out",
                "\"use --force\"|use --force",
                "'tis bad|'tis bad",
                "a - b -c|a - b -c",
                "say \"no\" now|say no now",
                "an \"open quote|an \"open quote",
                "<!channel>|<!channel>",
                "@/etc/passwd|@/etc/passwd",
                "${HOME} $(id)|${HOME} $(id)",
            })
    void a_reason_is_the_rest_of_the_text_as_people_mean_it(String typed, String meant) {
        assertThat(contain("contain a/b --ttl 5m --reason " + typed).reason()).hasToString(meant);
        assertThat(contain("contain a/b --reason " + typed + " --ttl 5m").reason())
                .hasToString(meant);
    }

    @Test
    void an_unknown_option_is_never_swallowed_by_the_reason() {
        assertThat(sentence("contain a/b --ttl 5m --reason r --dry-rnu"))
                .isEqualTo("There is no option '--dry-rnu'. Did you mean --dry-run?");
    }

    @Test
    void a_dry_run_is_a_plan() {
        assertThat(request("contain a/b --ttl 5m --reason r --dry-run"))
                .isEqualTo(request("plan a/b"))
                .isInstanceOf(Request.DrawPlan.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "contian a/b|'contian' is not something I can do. Did you mean contain?",
                "contain a/b --ttl 30 --reason r|'30' has no unit: type --ttl 30m for minutes or --ttl 30h for hours.",
                "contain a/b --reason r|'contain' needs --ttl DUR.",
                "contain a/b|'contain' needs --ttl DUR and --reason TEXT.",
                "contain --ttl 5m --reason r|'contain' needs a scope.",
                "contain a/b --ttl --reason r|'contain' needs --ttl DUR.",
                "contain a/b --ttl 5m --ttl 6m --reason r|--ttl is given twice.",
                "contain a/b c/d --ttl 5m --reason r|I cannot place 'c/d' in this 'contain'.",
                "contain a/b --tll 5m --reason r|There is no option '--tll'. Did you mean --ttl?",
                "contain a/b --direction up --ttl 5m --reason r|'up' is not a direction: write ingress, egress, both.",
                "contain cidr/0.0.0.0/0 --ttl 5m --reason r|0.0.0.0/0 is everything; leave the scope out where you mean everyone.",
                "status X|'C-X' is not a containment: they look like C-7F3K9QX.",
                "replay C-7F3K9QX|'replay' works from a terminal, not from Slack.",
                "responders token ann|'responders token' works from a terminal, not from Slack.",
                "audit|'audit' needs one more word.",
                "freeze|'freeze' needs --reason TEXT.",
                "deploy a/b --env prod|Where does it run? Give --host NAME --cgroup PATH, --pods SELECTOR --cluster NAME, --eni ID or --address IP.",
                "status -o json|There is no option '-o'.",
            })
    void what_is_wrong_is_said_in_a_sentence(String line, String sentence) {
        assertThat(sentence(line)).isEqualTo(sentence);
    }

    @Test
    void a_complaint_comes_with_the_form_and_an_example() {
        assertThat(((Misunderstood) SLACK.parse("extend C-7F3K9QX")).usage())
                .isEqualTo(
                        """
                        extend C-ID --ttl DUR --reason TEXT
                        for example: extend C-7F3K9QX --ttl 30m --reason image still being rebuilt\
                        """);
    }

    @Test
    void every_example_is_understood() {
        for (var verbs :
                List.of(ContainmentVerbs.ALL, HouseVerbs.ALL, PeopleVerbs.ALL, TerminalVerbs.ALL)) {
            for (var verb : verbs) {
                var line = verb.example().replaceFirst(" >.*", "");
                assertThat(TERMINAL.parse(line)).as(line).isInstanceOf(Understood.class);
            }
        }
    }

    @Test
    void the_terminal_says_how_it_wants_the_answer() {
        var parsed =
                TERMINAL.parse(words("contain a/b --ttl 5m --reason why not -o json --no-wait"));

        assertThat(parsed).isInstanceOf(Understood.class);
        var understood = (Understood) parsed;
        assertThat(((Request.Contain) understood.request()).reason()).hasToString("why not");
        assertThat(understood.view().output()).isEqualTo(TerminalOptions.Output.JSON);
        assertThat(understood.view().awaited()).isFalse();
        assertThat(
                        ((Understood)
                                        TERMINAL.parse(
                                                words("-o yaml --url http://x status --watch")))
                                .view())
                .isEqualTo(
                        new TerminalOptions(
                                "http://x", "", "", TerminalOptions.Output.YAML, true, true));
    }

    @Test
    void an_argument_with_blanks_stays_one_word() {
        var parsed =
                TERMINAL.parse(
                        List.of("contain", "a/b", "--ttl", "5m", "--reason", "use --force here"));

        assertThat(((Request.Contain) ((Understood) parsed).request()).reason())
                .hasToString("use --force here");
    }

    @Test
    void a_workload_may_run_on_several_hosts() {
        var deploy =
                (Request.Deploy)
                        request(
                                "deploy a/b --env prod --label tier=front --label team=x --host h1 --host h2"
                                        + " --cgroup /a/b --address 10.0.0.5");

        assertThat(deploy.placements()).hasSize(3);
        assertThat(deploy.labels()).hasToString("team=x,tier=front");
    }

    @Test
    void what_was_understood_can_be_typed_again() {
        var line =
                "contain a/b --to env/prod --direction ingress --ports 80/tcp --on host/x --ttl 1h30m"
                        + " --incident Q1 --reason \"why not\"";

        assertThat(contain(line).line()).isEqualTo(line.replace("a/b", "workload/a/b"));
        assertThat(contain(contain(line).line())).isEqualTo(contain(line));
    }

    @Test
    void help_is_there_for_all_and_for_one() {
        assertThat(SLACK.help(Optional.empty())).contains("contain ").doesNotContain("doctor");
        assertThat(TERMINAL.help(Optional.empty())).contains("doctor");
        assertThat(SLACK.help(Optional.of("contain"))).startsWith("contain: cuts traffic");
        assertThat(request("contain --help")).isEqualTo(new Request.Help(Optional.of("contain")));
        assertThat(TERMINAL.parse(words("enforcers enrol -h")))
                .isEqualTo(
                        new Understood(
                                new Request.Help(Optional.of("enforcers enrol")),
                                TerminalOptions.DEFAULT));
    }

    @Test
    void what_is_wrong_with_a_value_is_said_of_that_value() {
        assertThat(sentence("contain a/b --ttl -5m --reason r"))
                .isEqualTo("--ttl lacks its value: '-5m' begins with a dash, and no value does.");
        assertThat(sentence("contain a/b --ttl 0m --reason r"))
                .startsWith("A time to live is longer than nothing");
        assertThat(sentence("contain a/b --to 1.2.3.4 --ttl 5m --reason r"))
                .isEqualTo("'1.2.3.4' is an address: write cidr/1.2.3.4/32.");
        assertThat(sentence("contain 10.0.0.0/8 --ttl 5m --reason r"))
                .isEqualTo("'10.0.0.0/8' is an address: write cidr/10.0.0.0/8.");
        assertThat(sentence("release"))
                .isEqualTo(
                        "'release' needs the name of a containment, like C-7F3K9QX; status lists"
                                + " them.");
    }

    @Test
    void help_on_what_is_no_verb_is_a_slip_and_not_the_help_on_everything() {
        assertThat(sentence("help contian"))
                .isEqualTo("'contian' is not something I can do. Did you mean contain?");
        assertThat(sentence("frobnicate --help")).startsWith("'frobnicate' is not something");
        assertThat(sentence("help doctor")).contains("works from a terminal");
    }

    @Test
    void help_on_a_word_that_several_verbs_begin_with_shows_those() {
        assertThat(TERMINAL.parse(words("audit --help")))
                .isEqualTo(
                        new Understood(
                                new Request.Help(Optional.of("audit")), TerminalOptions.DEFAULT));
        assertThat(TERMINAL.help(Optional.of("audit")))
                .contains("audit verify ")
                .doesNotContain("contain ");
        assertThat(TERMINAL.help(Optional.of("enforcers enrol"))).contains("enrol KIND/NAME");
        assertThat(request("help enforcers")).isEqualTo(new Request.Help(Optional.of("enforcers")));
    }

    @Test
    void the_options_that_every_verb_has_are_in_a_terminals_help_and_not_in_slacks() {
        for (var shown : List.of(Optional.<String>empty(), Optional.of("contain"))) {
            assertThat(TERMINAL.help(shown)).contains("--url", "--data", "--ca", "--output");
            assertThat(SLACK.help(shown)).doesNotContain("--url").doesNotContain("--output");
        }
    }

    @Test
    void a_completion_names_its_shells() {
        assertThat(TERMINAL.parse("completion bash")).isInstanceOf(Understood.class);
        assertThat(TERMINAL.parse("completion zsh")).isInstanceOf(Understood.class);
        assertThat(TERMINAL.parse("completion fish"))
                .isInstanceOfSatisfying(
                        Misunderstood.class,
                        slip -> assertThat(slip.sentence()).contains("write bash, zsh"));
    }

    @Test
    void a_line_that_is_too_long_is_not_read() {
        assertThat(sentence("contain " + "x".repeat(Grammar.MAX_LENGTH)))
                .startsWith("That is longer than");
    }

    @Test
    void invisible_characters_are_not_said_back() {
        assertThat(sentence("con\u202etain a/b")).doesNotContain("\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "demo", "agent", "test", "bench", "soak"})
    void what_the_launcher_does_is_told_and_not_called_unknown(String command) {
        var asked = new Request.Help(Optional.of(command));

        assertThat(Grammar.forTerminal().parse("help " + command))
                .isEqualTo(new Parsed.Understood(asked, TerminalOptions.DEFAULT));
        assertThat(Grammar.forTerminal().help(Optional.of(command)))
                .startsWith(command + ": ")
                .endsWith("./firebreak " + command);
        assertThat(((Parsed.Misunderstood) Grammar.forTerminal().parse(command)).sentence())
                .isEqualTo(
                        "'%s' is a command of ./firebreak, on the machine itself."
                                .formatted(command));
        assertThat(((Parsed.Misunderstood) Grammar.forSlack().parse("help " + command)).sentence())
                .contains("on the machine itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plan env:prod|'env:prod' is not a scope (did you mean env/prod?): write",
                "plan env=prod|'env=prod' is not a scope (did you mean env/prod?): write",
                "plan ip:10.0.0.0/8|'ip:10.0.0.0/8' is not a scope (did you mean cidr/10.0.0.0/8?)",
                "plan prod|'prod' is not a scope: write NAMESPACE/NAME",
                "plan shop/cart --to 10.0.0.300/32|'10.0.0.300/32' is not an address block, since 300 is more than 255: write",
                "plan shop/cart --to 10.0.0.300|'10.0.0.300' is not an address block, since 300",
                "plan shop/cart --to cidr/999.0.0.1|'999.0.0.1' is not an address block, since 999",
                "plan shop/cart --to 10.0.0.1/24|'10.0.0.1/24' has bits set behind its prefix; did you mean 10.0.0.0/24?",
                "plan shop/cart --to 10.0.0.1/99|'10.0.0.1/99' is not an address block: write",
                "plan shop/cart --to 2001:db8::g/64|'2001:db8::g/64' is not an address block: write"
            })
    void a_scope_that_is_none_is_answered_with_what_was_meant(String typed, String sentence) {
        var said = (Parsed.Misunderstood) Grammar.forTerminal().parse(typed);

        assertThat(said.sentence()).startsWith(sentence);
    }

    @Test
    void ids_are_read_as_people_type_them() {
        assertThat(request("status c-7f3k9qx"))
                .isEqualTo(new Request.ShowContainment(new ContainmentId("C-7F3K9QX")));
    }

    private static Request.Contain contain(String line) {
        return (Request.Contain) request(line);
    }

    private static Request request(String line) {
        var parsed = SLACK.parse(line);
        assertThat(parsed).as(line).isInstanceOf(Understood.class);
        return ((Understood) parsed).request();
    }

    private static String sentence(String line) {
        var parsed = SLACK.parse(line);
        assertThat(parsed).as(line).isInstanceOf(Misunderstood.class);
        return ((Misunderstood) parsed).sentence();
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.split(" "));
    }
}
