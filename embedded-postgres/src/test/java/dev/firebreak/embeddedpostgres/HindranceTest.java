package dev.firebreak.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HindranceTest {

    @Test
    void who_may_not_is_told_with_the_file_and_how_to_see_who_may() {
        assertThat(Hindrance.of(new AccessDeniedException("/srv/x/lock")))
                .isEqualTo(
                        "The account %s, which runs this, may not use /srv/x/lock; who may is shown by: ls -ld /srv/x/lock"
                                .formatted(System.getProperty("user.name")));
    }

    @Test
    void a_reason_of_the_system_is_passed_on_and_none_is_not_the_word_null() {
        assertThat(Hindrance.of(new FileSystemException("/srv/x", null, "No space left on device")))
                .isEqualTo("/srv/x: No space left on device");
        assertThat(Hindrance.of(new FileSystemException("/srv/x")))
                .isEqualTo("/srv/x: the system refuses it");
        assertThat(Hindrance.of(new IOException())).isEqualTo("IOException");
    }

    @Test
    void a_data_directory_that_is_a_file_is_told_in_words(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("x"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(file))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("choose another data directory")
                .hasMessageNotContaining("Exception");
    }
}
