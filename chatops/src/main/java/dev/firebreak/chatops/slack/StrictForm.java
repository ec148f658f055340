package dev.firebreak.chatops.slack;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks that a body is a form that can be read in one way only: valid UTF-8 before and after
/// percent-decoding, and each field once. Lenient readers replace bad bytes and pick one of two
/// fields; then what was signed is not what is done.
final class StrictForm {

    private static final int MAX_FIELDS = 64;

    private StrictForm() {}

    /// The body as text, or nothing when it is not such a form.
    static Optional<String> read(byte[] body) {
        return utf8(ByteBuffer.wrap(body)).filter(StrictForm::isPlain);
    }

    /// What stands in a form that was read here.
    static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(
                        Collectors.toMap(
                                field -> plain(field[0]),
                                field -> field.length < 2 ? "" : plain(field[1]),
                                (first, _) -> first));
    }

    private static String plain(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String form) {
        var names = new HashSet<String>();
        var fields = form.split("&", -1);
        if (fields.length > MAX_FIELDS) {
            return false;
        }
        for (var field : fields) {
            var equals = field.indexOf('=');
            var name = decoded(equals < 0 ? field : field.substring(0, equals));
            var value = decoded(equals < 0 ? "" : field.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty() || !names.add(name.get())) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> decoded(String text) {
        var bytes = ByteBuffer.allocate(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c > 0x7e || c < 0x20) {
                return Optional.empty();
            }
            if (c == '%') {
                if (i + 2 >= text.length() || !isHex(text, i + 1) || !isHex(text, i + 2)) {
                    return Optional.empty();
                }
                bytes.put((byte) Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        return utf8(bytes.flip());
    }

    private static boolean isHex(String text, int at) {
        return Character.digit(text.charAt(at), 16) >= 0;
    }

    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(bytes)
                            .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
