package dev.firebreak.service.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.util.Locale;

/// Words of an answer are in lower case, as people type them: `deny`, `both`, `contained-except`.
/// What the log stores is written elsewhere, and keeps its form.
final class EnumWords extends StdScalarSerializer<Enum<?>> {

    private EnumWords() {
        super(Enum.class, false);
    }

    /// For an enum that does not say itself how it is written.
    static SimpleModule module() {
        return new SimpleModule("enum-words")
                .setSerializerModifier(
                        new BeanSerializerModifier() {
                            @Override
                            public JsonSerializer<?> modifyEnumSerializer(
                                    SerializationConfig config,
                                    JavaType type,
                                    BeanDescription description,
                                    JsonSerializer<?> usual) {
                                return new EnumWords();
                            }
                        });
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator to, SerializerProvider context)
            throws IOException {
        to.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
