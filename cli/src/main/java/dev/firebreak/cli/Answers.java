package dev.firebreak.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/// Where answers are written. It tells a reader that has seen enough (`| head`) from a disk that is
/// full.
final class Answers extends PrintStream {

    private final Way way;

    private Answers(Way way, Charset charset) {
        super(new BufferedOutputStream(way), false, charset);
        this.way = way;
    }

    static Answers to(OutputStream out, Charset charset) {
        return new Answers(new Way(out), charset);
    }

    /// Whether nobody reads any more; not known where the system words it in another language.
    boolean readerLeft() {
        return way.broken;
    }

    private static final class Way extends FilterOutputStream {

        private boolean broken;

        private Way(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            try {
                out.write(octets, from, length);
            } catch (IOException failure) {
                broken = "Broken pipe".equals(failure.getMessage());
                throw failure;
            }
        }
    }
}
