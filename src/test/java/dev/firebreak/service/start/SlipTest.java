package dev.firebreak.service.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlipTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port abc|--port takes a whole number, like --port 8080; 'abc' is none.",
                "--agents-port 7443x|--agents-port takes a whole number, like --agents-port 7443; '7443x' is none.",
                "--port 99999999999|--port takes a whole number, like --port 8080; '99999999999' is none.",
                "--data|--data needs DIR.",
                "--prot 80|There is no option '--prot'. Did you mean --port?"
            })
    void a_slip_is_answered_with_what_the_option_wants(String typed, String sentence) {
        var said = new StringWriter();

        var exit = Up.commandLine().setErr(new PrintWriter(said)).execute(typed.split(" ", -1));

        assertThat(exit).isEqualTo(2);
        assertThat(said.toString().strip())
                .isEqualTo("firebreak: " + sentence + " up --help lists the options.");
    }
}
