package dev.firebreak.hostagent.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The compiled kernel program: an ELF file with one section a program, one "maps" section, and
/// relocations that name the map an instruction loads.
final class KernelObject {

    static final String RESOURCE = "firebreak.bpf.o";
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;
    private static final int RELOCATION = 16;
    private static final int DEFINITION = 20;
    private static final int PSEUDO_MAP_FD = 1;
    private static final int DIGEST_DIGITS = 16;

    private record Section(String name, int type, int offset, int size, int link) {}

    private final ByteBuffer file;
    private final String digest;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<Integer, String> mapBySymbol = new HashMap<>();
    private final Map<String, MapDefinition> maps = new LinkedHashMap<>();

    private KernelObject(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        digest = sha256(bytes);
        readSections();
        readMaps();
    }

    static KernelObject load() {
        try (InputStream in = KernelObject.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks its kernel program " + RESOURCE);
            }
            return new KernelObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names the object; pins carry it, so that an unchanged program is adopted and not loaded
    /// again.
    String digest() {
        return digest;
    }

    List<MapDefinition> maps() {
        return List.copyOf(maps.values());
    }

    /// The instructions of a program, referring to these open maps.
    byte[] program(Hook hook, Map<String, BpfMap> open) {
        Section code = section(hook.section());
        byte[] instructions = new byte[code.size];
        file.get(code.offset, instructions);
        var out = ByteBuffer.wrap(instructions).order(ByteOrder.LITTLE_ENDIAN);
        Section relocations = section(".rel" + hook.section());
        for (int at = relocations.offset;
                at < relocations.offset + relocations.size;
                at += RELOCATION) {
            int instruction = (int) file.getLong(at);
            int symbol = (int) (file.getLong(at + 8) >>> 32);
            String map = mapBySymbol.get(symbol);
            BpfMap target = map == null ? null : open.get(map);
            if (target == null) {
                throw new IllegalStateException(hook + " refers to something that is no map");
            }
            byte registers = out.get(instruction + 1);
            out.put(instruction + 1, (byte) ((registers & 0x0f) | PSEUDO_MAP_FD << 4));
            out.putInt(instruction + 4, target.descriptor());
        }
        return instructions;
    }

    private Section section(String name) {
        Section found = sections.get(name);
        if (found == null) {
            throw new IllegalStateException("the kernel program lacks section " + name);
        }
        return found;
    }

    private void readSections() {
        int table = (int) file.getLong(40);
        int count = file.getShort(60);
        int names = (int) file.getLong(table + file.getShort(62) * SECTION_HEADER + 24);
        for (int i = 0; i < count; i++) {
            int header = table + i * SECTION_HEADER;
            String name = text(names + file.getInt(header));
            int offset = (int) file.getLong(header + 24);
            int size = (int) file.getLong(header + 32);
            sections.put(
                    name,
                    new Section(
                            name, file.getInt(header + 4), offset, size, file.getInt(header + 40)));
        }
    }

    private void readMaps() {
        Section definitions = section("maps");
        int index = List.copyOf(sections.keySet()).indexOf("maps");
        Section symbols = section(".symtab");
        int names = section(".strtab").offset;
        for (int i = 0; i < symbols.size / SYMBOL; i++) {
            int at = symbols.offset + i * SYMBOL;
            if (file.getShort(at + 6) != index || file.getLong(at + 16) != DEFINITION) {
                continue;
            }
            int d = definitions.offset + (int) file.getLong(at + 8);
            String name = text(names + file.getInt(at));
            mapBySymbol.put(i, name);
            maps.put(
                    name,
                    new MapDefinition(
                            name,
                            file.getInt(d),
                            file.getInt(d + 4),
                            file.getInt(d + 8),
                            file.getInt(d + 12),
                            file.getInt(d + 16)));
        }
    }

    private String text(int at) {
        int end = at;
        while (file.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        file.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String sha256(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
