package dev.firebreak.chatops.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    contain a/b \u2014ttl 5m|contain a/b --ttl 5m
                    contain a/b \u2013ttl 5m|contain a/b --ttl 5m
                    --reason \u201cin quotes\u201d|--reason "in quotes"
                    --reason it\u2019s bad|--reason it's bad
                    --ports 8000\u20138099|--ports 8000-8099
                    bad \u2014 very|bad \u2014 very
                    contain\u00a0a/b|contain a/b
                    a\u200bb\u2060c|abc
                    --reason a &amp; b &lt; c &gt; d|--reason a & b < c > d
                    &amp;lt;|&lt;
                    """)
    void prettified_text_becomes_what_was_typed(String pretty, String typed) {
        assertThat(SlackText.normalise(pretty)).isEqualTo(typed);
    }

    @Test
    void links_and_mentions_become_what_was_typed() {
        assertThat(SlackText.normalise("<@U1|ann> <@U2> <#C1|general> <!channel>"))
                .isEqualTo("@ann @U2 #general @channel");
        assertThat(SlackText.normalise("<http://x.example|x.example> <mailto:a@b.c|a@b.c>"))
                .isEqualTo("x.example a@b.c");
        assertThat(SlackText.normalise("<https://evil.example|good.example>"))
                .isEqualTo("https://evil.example");
        assertThat(SlackText.normalise("a < b")).isEqualTo("a < b");
        assertThat(SlackText.normalise("line\nline")).isEqualTo("line line");
    }

    @Test
    void a_direction_override_is_left_for_the_words_to_refuse() {
        assertThat(SlackText.normalise("a\u202eb")).isEqualTo("a\u202eb");
    }

    @Test
    void what_goes_out_cannot_mention_link_break_or_turn() {
        assertThat(SlackText.escape("<!channel> a & b\n\u001b[31m\u202ered"))
                .isEqualTo("&lt;!channel&gt; a &amp; b\uFFFD\uFFFD[31m\uFFFDred");
    }

    @Test
    void a_cut_never_splits_a_character() {
        assertThat(SlackText.clip("ab\ud83d\udd25cd", 4)).isEqualTo("ab…");
        assertThat(SlackText.clip("abcd", 4)).isEqualTo("abcd");
    }
}
